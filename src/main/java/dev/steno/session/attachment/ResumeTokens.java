package dev.steno.session.attachment;

import dev.steno.transcript.SessionId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which session a resume token opens. A token is a secret: it is never logged, and only its hash is kept, here as in
 * the journal. Thread-safe.
 */
public final class ResumeTokens {
    /** 256 bits: nobody guesses one, so a plain hash is enough. */
    private static final int BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, SessionId> sessions = new ConcurrentHashMap<>();

    /** A new token, in characters that need no escape in a URL. */
    String random() {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    public static String hash(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    void add(String hash, SessionId session) {
        sessions.put(hash, session);
    }

    public Optional<SessionId> find(String hash) {
        return Optional.ofNullable(sessions.get(hash));
    }

    void revoke(String hash) {
        sessions.remove(hash);
    }
}
