package dev.steno.webhook;

import dev.steno.transcript.SessionId;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One event, as it lies in the outbox until it is delivered.
 *
 * @param id the same at each try, by which a receiver sees that it has the event already
 * @param session events of one session are delivered in order
 * @param at the moment that it tells of
 * @param body JSON
 */
record WebhookEvent(String id, SessionId session, Instant at, String body) {
    private static final String SUFFIX = ".json";

    /** The same event of the same session, made again after a crash, has the same id. */
    static WebhookEvent of(SessionId session, String type, Instant at, String body) {
        byte[] name = (session + " " + type).getBytes(StandardCharsets.UTF_8);
        return new WebhookEvent("msg_" + UUID.nameUUIDFromBytes(name), session, at, body);
    }

    /**
     * Sorts by time.
     *
     * @param number rises with each event of a process
     */
    String fileName(long number) {
        return String.format("%020d_%06d_%s_%s%s", nanos(at), number % 1_000_000, session, id, SUFFIX);
    }

    /** Whose event a file of the outbox holds. @return empty if this is no such file */
    static Optional<SessionId> session(String fileName) {
        return parse(fileName, "").map(WebhookEvent::session);
    }

    /** @return empty if this is no file of the outbox */
    static Optional<WebhookEvent> parse(String fileName, String body) {
        String[] parts = fileName.split("_", 4);
        if (parts.length != 4 || !fileName.endsWith(SUFFIX)) {
            return Optional.empty();
        }
        try {
            long nanos = Long.parseLong(parts[0]);
            Instant at = Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000);
            String id = parts[3].substring(0, parts[3].length() - SUFFIX.length());
            return Optional.of(new WebhookEvent(id, SessionId.parse(parts[2]), at, body));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static long nanos(Instant at) {
        return at.getEpochSecond() * 1_000_000_000 + at.getNano();
    }
}
