package dev.steno.recognition;

import dev.steno.transcript.SessionId;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The option that every engine has: the language of a recording. */
public final class LanguageOption {
    public static final String NAME = "language_code";

    private LanguageOption() {}

    /**
     * What an engine that knows nothing but languages makes of the options of a recording.
     *
     * @param why it takes no phrases, as in {@link PhrasesOption#refuse}
     */
    public static RecognitionRequest prepare(
            SessionId id, Map<String, String> defaults, Map<String, String> options, Set<String> languages, String why)
            throws RefusedOptionsException {
        PhrasesOption.refuse(options.getOrDefault(PhrasesOption.NAME, ""), why);
        Map<String, String> others = new TreeMap<>(options);
        others.remove(PhrasesOption.NAME);
        refuseOthers(others, Set.of(NAME));
        return new RecognitionRequest(id, choose(defaults, options, languages));
    }

    /** @param known the options that there are */
    static void refuseOthers(Map<String, String> options, Set<String> known) throws RefusedOptionsException {
        for (String name : options.keySet()) {
            if (!known.contains(name)) {
                throw RefusedOptionsException.unknownOption(name, known);
            }
        }
    }

    /** The language asked for, or else the configured one, or else the one where nobody says any. */
    public static String choose(Map<String, String> defaults, Map<String, String> options, Set<String> languages)
            throws RefusedOptionsException {
        String configured = defaults.getOrDefault(NAME, RecognitionRequest.DEFAULT_LANGUAGE);
        String asked = options.getOrDefault(NAME, "");
        String language = asked.isEmpty() ? configured : asked;
        if (!languages.contains(language)) {
            throw RefusedOptionsException.unknownLanguage(NAME, languages);
        }
        return language;
    }
}
