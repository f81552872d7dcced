package dev.steno.recognition;

import dev.steno.transcript.SessionId;
import java.util.Map;

/**
 * What a stream is opened with; made by {@link SpeechRecognizer#prepare}.
 *
 * @param sessionId for logs
 * @param languageCode one of {@link SpeechRecognizer#languages()}, or {@link #AUTO}
 * @param options only the engine that prepared them reads them; they are checked and fit together
 */
public record RecognitionRequest(SessionId sessionId, String languageCode, Map<String, String> options) {
    /** In place of a language while the engine identifies it. */
    public static final String AUTO = "auto";

    /** The language where neither the client nor the configuration says one. */
    public static final String DEFAULT_LANGUAGE = "en-US";

    public RecognitionRequest {
        options = Map.copyOf(options);
    }

    public RecognitionRequest(SessionId sessionId, String languageCode) {
        this(sessionId, languageCode, Map.of());
    }
}
