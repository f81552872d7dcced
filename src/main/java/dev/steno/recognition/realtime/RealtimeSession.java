package dev.steno.recognition.realtime;

import java.util.List;
import java.util.Optional;

/**
 * What a session is opened with.
 *
 * @param model the server's name of it; empty for the server's own choice
 * @param language BCP 47
 * @param phrases words to expect
 */
record RealtimeSession(Optional<String> model, String language, List<String> phrases) {
    /** The language without its country, as OpenAI names it. */
    String generalLanguage() {
        return language.split("-", -1)[0];
    }
}
