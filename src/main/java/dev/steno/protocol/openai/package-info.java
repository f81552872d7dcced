/** Transcription sessions of OpenAI's Realtime API, so that its client libraries work with Steno by another address. */
package dev.steno.protocol.openai;
