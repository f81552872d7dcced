package dev.steno.session;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which session a resume token opens. A token is a secret: it is never logged. Thread-safe. */
final class ResumeTokens {
    /** 256 bits: nobody guesses one. */
    private static final int BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, TranscriptionSession> sessions = new ConcurrentHashMap<>();

    /** A new token for a session, in characters that need no escape in a URL. */
    String issue(TranscriptionSession session) {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        sessions.put(token, session);
        return token;
    }

    Optional<TranscriptionSession> find(String token) {
        return Optional.ofNullable(sessions.get(token));
    }

    void revoke(String token) {
        sessions.remove(token);
    }
}
