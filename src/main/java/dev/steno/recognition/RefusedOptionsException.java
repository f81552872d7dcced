package dev.steno.recognition;

import java.util.Collection;
import java.util.regex.Pattern;

/**
 * Options of a recording that the engine cannot work with. The message names the option and what is allowed, is fit for
 * the client, and repeats no value.
 */
public final class RefusedOptionsException extends Exception {
    /** What is wrong. */
    public enum Reason {
        /** An unknown option, a value that makes no sense, or a combination that does not work. */
        BAD_OPTION,
        UNSUPPORTED_LANGUAGE
    }

    private static final long serialVersionUID = 1L;

    /** A name that may be repeated to the client: options look like this, and none is longer than 32. */
    private static final Pattern NAME = Pattern.compile("[a-z_]{1,32}");

    private final Reason reason;
    private final String option;
    private final String problem;

    /** @param problem goes on after the option's name: {@code must be true or false} */
    public RefusedOptionsException(Reason reason, String option, String problem) {
        super(option + " " + problem + ".");
        this.reason = reason;
        this.option = option;
        this.problem = problem;
    }

    static RefusedOptionsException unknownLanguage(String option, Collection<String> languages) {
        return new RefusedOptionsException(
                Reason.UNSUPPORTED_LANGUAGE, option, "must be one of " + String.join(", ", sorted(languages)));
    }

    /** @param known the options that there are */
    public static RefusedOptionsException unknownOption(String name, Collection<String> known) {
        String shown = NAME.matcher(name).matches() ? name : "This option";
        return new RefusedOptionsException(
                Reason.BAD_OPTION, shown, "is not known here. Known are " + String.join(", ", sorted(known)));
    }

    private static Collection<String> sorted(Collection<String> names) {
        return names.stream().sorted().toList();
    }

    public Reason reason() {
        return reason;
    }

    /** The option at fault. */
    public String option() {
        return option;
    }

    /** What is wrong with it, as in the message: {@code must be true or false}. */
    public String problem() {
        return problem;
    }
}
