/**
 * A strict stand-in for Amazon Transcribe Streaming: real HTTP/2, real event-stream encoding, signatures checked by
 * code of its own. Its transcript is a digest of the audio, so a test proves that every byte arrived once and in order,
 * and it plays each fault on command.
 */
package dev.steno.testing.transcribe;
