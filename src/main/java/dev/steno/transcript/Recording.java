package dev.steno.transcript;

import java.time.Instant;

/**
 * What is known of a recording from its first accepted audio on.
 *
 * @param startedAt the moment of the first accepted audio; the archive's file name is made of it
 * @param engine {@code amazon-transcribe} or {@code sphinx}
 * @param languageCode BCP 47, for example {@code en-US}
 */
public record Recording(SessionId sessionId, Instant startedAt, String engine, String languageCode) {}
