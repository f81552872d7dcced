/** A vosk-server as the engine: one address, or one for each language. */
package dev.steno.recognition.vosk;
