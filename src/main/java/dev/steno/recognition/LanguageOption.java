package dev.steno.recognition;

import dev.steno.transcript.SessionId;
import java.util.Map;
import java.util.Set;

/** What an engine that knows nothing but languages makes of the options of a recording. */
final class LanguageOption {
    static final String NAME = "language_code";

    private LanguageOption() {}

    static RecognitionRequest prepare(
            SessionId id, Map<String, String> defaults, Map<String, String> options, Set<String> languages)
            throws RefusedOptionsException {
        for (String name : options.keySet()) {
            if (name.equals(PhrasesOption.NAME)) {
                PhrasesOption.refuse(options.get(name), "cannot be used with this engine, whose dictionary is fixed");
            } else if (!name.equals(NAME)) {
                throw RefusedOptionsException.unknownOption(name, Set.of(NAME));
            }
        }
        String configured = defaults.getOrDefault(NAME, RecognitionRequest.DEFAULT_LANGUAGE);
        String asked = options.getOrDefault(NAME, "");
        String language = asked.isEmpty() ? configured : asked;
        if (!languages.contains(language)) {
            throw RefusedOptionsException.unknownLanguage(NAME, languages);
        }
        return new RecognitionRequest(id, language);
    }
}
