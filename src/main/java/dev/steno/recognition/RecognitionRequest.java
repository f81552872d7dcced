package dev.steno.recognition;

import dev.steno.transcript.SessionId;

/**
 * What a stream is opened with.
 *
 * @param sessionId for logs
 * @param languageCode one of {@link SpeechRecognizer#languages()}
 */
public record RecognitionRequest(SessionId sessionId, String languageCode) {}
