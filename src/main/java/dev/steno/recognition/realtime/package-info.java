/**
 * Servers of OpenAI's Realtime API, transcription sessions, as the engine: OpenAI itself, and those that speak its
 * protocol in dialects of their own.
 */
package dev.steno.recognition.realtime;
