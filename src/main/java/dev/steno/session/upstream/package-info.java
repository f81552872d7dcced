/**
 * The way of one recording's audio to the engine and of its results back: opens streams, paces and replays audio, and
 * replaces streams that break. Knows nothing of clients, journals or archives.
 */
package dev.steno.session.upstream;
