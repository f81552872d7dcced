/**
 * Tests of the built WAR on a real server.
 *
 * <p>A start of a server costs more than most tests, so whoever can leaves the server as it was and shares it: each
 * package below has one, and a suite here, such as {@link EmbeddedEngineServerIT}, which runs all classes of the package in
 * one process. A class of this package starts servers of its own, because it ends them or sets them up otherwise.
 */
package dev.steno.it;
