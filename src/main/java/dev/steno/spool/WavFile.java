package dev.steno.spool;

import java.nio.file.Path;

/**
 * A finished WAV file.
 *
 * @param path where it lies; it goes once it is archived
 * @param bytes of the whole file, header included
 */
public record WavFile(Path path, long bytes) {}
