/**
 * Amazon Transcribe Streaming behind the recognition port: one HTTP/2 call for each stream. Retries, replay and pacing
 * are the session's; here a broken call becomes a failure that says whether another one may work.
 */
package dev.steno.recognition.amazon;
