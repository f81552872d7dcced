/**
 * Tests of the built WAR on a real server.
 *
 * <p>A start of a server costs more than most tests, so tests that leave the server as it was share one. Each package
 * below has such a server, and a suite here, such as {@link EmbeddedEngineServerIT}, which runs all classes of the
 * package in one process. The classes here start servers of their own: they end them, or set them up otherwise.
 */
package dev.steno.it;
