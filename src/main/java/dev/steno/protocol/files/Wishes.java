package dev.steno.protocol.files;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a client asked for beside the words. Fields that OpenAI defines and that mean nothing here, as {@code model} and
 * {@code temperature}, are taken and ignored.
 *
 * @param format of an answer that comes as a whole
 * @param words whether {@code verbose_json} has words
 * @param segments whether it has segments
 * @param streamed whether words are sent while they are recognised, as Server-Sent Events
 * @param deferred whether the answer is where the transcript will be, instead of the words
 * @param stored whether the transcript is archived
 * @param languages as the client wrote them; the first one that is known counts
 * @param hints what the client expects to be said
 */
record Wishes(
        ResponseFormat format,
        boolean words,
        boolean segments,
        boolean streamed,
        boolean deferred,
        boolean stored,
        List<String> languages,
        List<String> hints) {
    private static final String FORMAT = "response_format";
    private static final String GRANULARITIES = "timestamp_granularities";
    private static final String STREAM = "stream";
    private static final String STORE = "store";
    private static final String INVALID_VALUE = "invalid_value";
    private static final List<String> KNOWN_GRANULARITIES = List.of("word", "segment");

    /** @param prefer the header (RFC 7240); null if there is none */
    static Wishes of(UploadForm form, String prefer) throws RefusedRequestException {
        List<String> granularities = form.values(GRANULARITIES);
        if (!KNOWN_GRANULARITIES.containsAll(granularities)) {
            throw RefusedRequestException.invalid(
                    GRANULARITIES, INVALID_VALUE, GRANULARITIES + " may be word, segment or both.");
        }
        Wishes wishes = new Wishes(
                format(form),
                granularities.contains("word"),
                granularities.isEmpty() || granularities.contains("segment"),
                flag(form, STREAM, false),
                prefersLater(prefer),
                flag(form, STORE, true),
                form.field("language").map(List::of).orElseGet(() -> form.values("languages")),
                hints(form));
        return wishes.checked();
    }

    private static List<String> hints(UploadForm form) {
        List<String> hints = new ArrayList<>(form.values("keywords"));
        form.field("prompt").ifPresent(prompt -> hints.addAll(List.of(prompt.split("[,;\\n]", -1))));
        return hints;
    }

    private Wishes checked() throws RefusedRequestException {
        if (streamed && format != ResponseFormat.JSON && format != ResponseFormat.TEXT) {
            throw RefusedRequestException.invalid(
                    FORMAT, INVALID_VALUE, "With stream=true the " + FORMAT + " is json or text.");
        }
        if (deferred && !stored) {
            throw RefusedRequestException.invalid(
                    STORE, INVALID_VALUE, "Prefer: respond-async needs a stored transcript: leave store=false out.");
        }
        return this;
    }

    private static ResponseFormat format(UploadForm form) throws RefusedRequestException {
        String name = form.field(FORMAT).orElse("json");
        return ResponseFormat.named(name)
                .orElseThrow(() -> RefusedRequestException.invalid(
                        FORMAT, INVALID_VALUE, FORMAT + " may be " + ResponseFormat.names() + "."));
    }

    private static boolean flag(UploadForm form, String name, boolean absent) throws RefusedRequestException {
        String value = form.field(name).orElse(Boolean.toString(absent)).toLowerCase(Locale.ROOT);
        return switch (value) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw RefusedRequestException.invalid(name, INVALID_VALUE, name + " may be true or false.");
        };
    }

    private static boolean prefersLater(String prefer) {
        return prefer != null
                && Arrays.stream(prefer.split("[,;]", -1))
                        .anyMatch(each -> each.strip().equalsIgnoreCase("respond-async"));
    }
}
