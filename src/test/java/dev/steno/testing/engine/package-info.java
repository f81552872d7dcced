/**
 * Strict stand-ins of the servers that Steno can use as engines: a vosk-server, and a Realtime server in each dialect.
 * They refuse what the real ones would not understand, and play faults.
 */
package dev.steno.testing.engine;
