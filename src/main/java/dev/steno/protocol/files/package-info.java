/**
 * Whole files through OpenAI's {@code POST /v1/audio/transcriptions}: the upload goes to a temporary file, from there
 * into a session as fast as the engine takes it, and the words come back as the client asked for them. Nothing here
 * waits on a thread.
 */
package dev.steno.protocol.files;
