package dev.steno.session.upstream;

/**
 * Where a stream begins.
 *
 * @param number of the stream within its recording, from 1
 * @param position of the first byte that will be sent
 * @param settledSeconds end of what was settled then: the stream may repeat nothing that lies before
 * @param failures streams that broke since the last progress
 */
record StreamStart(int number, long position, double settledSeconds, int failures) {}
