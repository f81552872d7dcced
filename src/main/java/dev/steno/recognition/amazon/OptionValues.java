package dev.steno.recognition.amazon;

import dev.steno.recognition.RefusedOptionsException;
import dev.steno.recognition.RefusedOptionsException.Reason;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which values an option takes.
 *
 * @param allowed in words, after "must be"
 */
record OptionValues(Reason reason, String allowed, Predicate<String> fits) {
    /** AWS's pattern and length of the names of vocabularies and filters. */
    private static final Predicate<String> NAME =
            Pattern.compile("[0-9a-zA-Z._-]{1,200}").asMatchPredicate();

    /** AWS's limit of a list of names. */
    private static final int LONGEST_LIST = 3_000;

    static OptionValues language() {
        return new OptionValues(
                Reason.UNSUPPORTED_LANGUAGE,
                "one of " + String.join(", ", TranscribeMapping.LANGUAGES),
                TranscribeMapping.LANGUAGES::contains);
    }

    static OptionValues languages() {
        return new OptionValues(
                Reason.UNSUPPORTED_LANGUAGE,
                "some of " + String.join(", ", TranscribeMapping.LANGUAGES),
                each(TranscribeMapping.LANGUAGES::contains));
    }

    static OptionValues oneOf(String... words) {
        return bad("one of " + String.join(", ", words), Set.of(words)::contains);
    }

    static OptionValues someOf(String... words) {
        Set<String> known = new TreeSet<>(Set.of(words));
        return bad("some of " + String.join(", ", known), each(known::contains));
    }

    static OptionValues flag() {
        return bad("true or false", Set.of("true", "false")::contains);
    }

    static OptionValues name() {
        return bad("a name of letters, digits, '.', '_' and '-', at most 200", NAME);
    }

    static OptionValues names() {
        return bad("names of letters, digits, '.', '_' and '-', at most " + LONGEST_LIST + " characters", each(NAME));
    }

    /** @param value as the client or the configuration has it; blank for none */
    void check(String option, String value) throws RefusedOptionsException {
        if (!value.isEmpty() && !fits.test(value)) {
            throw new RefusedOptionsException(reason, option, "must be " + allowed);
        }
    }

    private static OptionValues bad(String allowed, Predicate<String> fits) {
        return new OptionValues(Reason.BAD_OPTION, allowed, fits);
    }

    private static Predicate<String> each(Predicate<String> item) {
        return list -> list.length() <= LONGEST_LIST
                && Arrays.stream(list.split(",", -1)).allMatch(item);
    }
}
