/**
 * What engines behind a WebSocket have in common: the connection, the audio that waits for it, permits, and how
 * failures are told. What is said over it is for the vendors' packages, each an
 * {@link dev.steno.recognition.remote.EngineProtocol}.
 */
package dev.steno.recognition.remote;
