package dev.steno.library;

import dev.steno.archive.ListRange;
import dev.steno.archive.TranscriptStem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * What a caller wants to see.
 *
 * @param range the stretch of time, and behind which transcript to go on
 * @param words to search for; empty for all transcripts
 * @param owner whose; empty for everybody's
 * @param limit 1 to 100
 * @param bestFrom what fits the words best comes first, from this place on; empty where the newest comes first
 */
record ListQuery(ListRange range, Optional<String> words, Optional<String> owner, int limit, OptionalInt bestFrom) {
    private static final int MOST = 100;
    private static final int USUAL = 50;
    private static final String NEWEST = "newest";
    private static final String BEST = "best";

    /**
     * Of the parameters of a request; empty ones count as absent.
     *
     * @param parameters the value of each by its name, or null
     * @throws Problem for one that makes no sense
     */
    static ListQuery of(UnaryOperator<String> parameters) {
        Optional<String> cursor = given(parameters.apply("cursor"));
        Optional<String> words = given(parameters.apply("q"));
        String sort = given(parameters.apply("sort")).orElse(NEWEST);
        if (!sort.equals(NEWEST) && !sort.equals(BEST)) {
            throw Problem.badRequest("sort must be newest or best.");
        }
        boolean best = sort.equals(BEST) && words.isPresent();
        ListRange range = new ListRange(
                moment("from", parameters.apply("from")),
                moment("to", parameters.apply("to")),
                best ? Optional.empty() : cursor.map(ListQuery::stem));
        return new ListQuery(
                range,
                words,
                given(parameters.apply("owner")),
                limit(parameters.apply("limit")),
                best ? OptionalInt.of(cursor.map(ListQuery::place).orElse(0)) : OptionalInt.empty());
    }

    private static TranscriptStem stem(String cursor) {
        return TranscriptStem.parse(cursor).orElseThrow(ListQuery::badCursor);
    }

    private static int place(String cursor) {
        if (cursor.matches("[0-9]{1,4}")) {
            return Integer.parseInt(cursor);
        }
        throw badCursor();
    }

    private static Problem badCursor() {
        return Problem.badRequest("cursor must be one that a list gave.");
    }

    private static int limit(String text) {
        try {
            int limit = given(text).map(Integer::parseInt).orElse(USUAL);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // as for a number that is not allowed
        }
        throw Problem.badRequest("limit must be a whole number from 1 to " + MOST + ".");
    }

    /** A date is its beginning in UTC. In a query string an unescaped + is a space. */
    private static Optional<Instant> moment(String name, String text) {
        try {
            return given(text)
                    .map(value -> value.replace(' ', '+'))
                    .map(value -> value.indexOf('T') < 0
                            ? LocalDate.parse(value)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant()
                            : OffsetDateTime.parse(value).toInstant());
        } catch (DateTimeException e) {
            throw Problem.badRequest(
                    name + " must be a date or a moment by ISO-8601, such as 2024-12-15 or 2024-12-15T14:30:00Z.");
        }
    }

    private static Optional<String> given(String text) {
        return Optional.ofNullable(text).map(String::strip).filter(value -> !value.isEmpty());
    }
}
