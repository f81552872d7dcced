package dev.steno.library;

import dev.steno.archive.ListRange;
import dev.steno.archive.TranscriptStem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * What a caller wants to see.
 *
 * @param range the stretch of time, and behind which transcript to go on
 * @param words to search for; empty for all transcripts
 * @param owner whose; empty for everybody's
 * @param limit 1 to 100
 */
record ListQuery(ListRange range, Optional<String> words, Optional<String> owner, int limit) {
    private static final int MOST = 100;
    private static final int USUAL = 50;

    /**
     * Of the parameters of a request, each null if it was not given; empty ones count as absent.
     *
     * @throws Problem for one that makes no sense
     */
    static ListQuery of(String from, String to, String q, String owner, String limit, String cursor) {
        Optional<TranscriptStem> before = given(cursor).map(text -> TranscriptStem.parse(text)
                .orElseThrow(() -> Problem.badRequest("cursor must be one that a list gave.")));
        ListRange range = new ListRange(moment("from", from), moment("to", to), before);
        return new ListQuery(range, given(q), given(owner), limit(limit));
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
