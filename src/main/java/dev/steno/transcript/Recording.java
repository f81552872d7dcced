package dev.steno.transcript;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a recording from its first accepted audio on.
 *
 * @param startedAt the moment of the first accepted audio; the archive's file name is made of it
 * @param engine {@code amazon-transcribe} or {@code sphinx}
 * @param languageCode BCP 47, for example {@code en-US}
 * @param owner the identity of the caller who made it; empty if nobody was asked for one
 * @param title as the client gave it; empty if it gave none
 */
public record Recording(
        SessionId sessionId,
        Instant startedAt,
        String engine,
        String languageCode,
        Optional<String> owner,
        Optional<String> title) {
    public Recording(SessionId sessionId, Instant startedAt, String engine, String languageCode) {
        this(sessionId, startedAt, engine, languageCode, Optional.empty(), Optional.empty());
    }
}
