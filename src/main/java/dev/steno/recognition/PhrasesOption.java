package dev.steno.recognition;

import dev.steno.transcript.SessionId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names and jargon that an engine should expect: a list, separated by commas. An engine that takes hints has
 * {@link #NAME} among its options; others refuse it, because words that are silently ignored would be missed in every
 * transcript.
 */
public final class PhrasesOption {
    public static final String NAME = "phrases";

    public static final int MOST = 100;

    /** A name of a person, a product or a place has a few words. */
    private static final int LONGEST = 200;

    private PhrasesOption() {}

    /** What an engine that knows languages and takes hints makes of the options of a recording. */
    public static RecognitionRequest prepare(
            SessionId id, Map<String, String> defaults, Map<String, String> options, Set<String> languages)
            throws RefusedOptionsException {
        LanguageOption.refuseOthers(options, Set.of(LanguageOption.NAME, NAME));
        String phrases = options.getOrDefault(NAME, defaults.getOrDefault(NAME, ""));
        return new RecognitionRequest(
                id,
                LanguageOption.choose(defaults, options, languages),
                Map.of(NAME, String.join(",", parse(phrases))));
    }

    /** @return empty for an empty value, which takes a configured list away */
    public static List<String> parse(String value) throws RefusedOptionsException {
        List<String> phrases = Arrays.stream(value.split(",", -1))
                .map(String::strip)
                .filter(phrase -> !phrase.isEmpty())
                .toList();
        if (phrases.size() > MOST) {
            throw refused("must be at most " + MOST + " words or names");
        }
        if (phrases.stream().anyMatch(phrase -> phrase.length() > LONGEST)) {
            throw refused("must be words or names of at most " + LONGEST + " characters");
        }
        return phrases;
    }

    /**
     * @return a value of this option, with as many as may be of what another protocol calls hints; empty if there are
     *     none
     */
    public static String ofHints(List<String> hints) {
        return hints.stream()
                .map(hint -> hint.replace(',', ' ').strip())
                .filter(hint -> !hint.isEmpty() && hint.length() <= LONGEST && !hint.equals("[unk]"))
                .limit(MOST)
                .collect(Collectors.joining(","));
    }

    /**
     * For an engine that takes no hints.
     *
     * @param why goes on after the option's name: {@code cannot be used here}
     */
    public static void refuse(String value, String why) throws RefusedOptionsException {
        if (!parse(value).isEmpty()) {
            throw refused(why);
        }
    }

    private static RefusedOptionsException refused(String problem) {
        return new RefusedOptionsException(RefusedOptionsException.Reason.BAD_OPTION, NAME, problem);
    }
}
