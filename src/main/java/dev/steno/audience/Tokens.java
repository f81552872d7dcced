package dev.steno.audience;

import dev.steno.transcript.SessionId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes what stands in links: 128 bits that nobody can guess, and names of recordings that say nothing about them. */
final class Tokens {
    private static final int BYTES = 16;

    /** Enough to tell the recordings of a server apart; it is no secret. */
    private static final int NAME_BYTES = 9;

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{22}");
    private static final String ALGORITHM = "HmacSHA256";
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final SecureRandom random = new SecureRandom();
    private volatile SecretKeySpec key;

    /** @param key known to this server, or this cluster, alone; with the same one, rooms keep their tokens */
    Tokens(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** The key that the nodes of a cluster agreed on. */
    void adopt(byte[] common) {
        key = new SecretKeySpec(common, ALGORITHM);
    }

    /** Whether a text could be a token at all. */
    static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }

    /** For one sharing of one recording. */
    String fresh() {
        byte[] token = new byte[BYTES];
        random.nextBytes(token);
        return ENCODER.encodeToString(token);
    }

    /** The same for the same owner and room, as long as the server keeps its key. */
    String ofRoom(String owner, String room) {
        return ENCODER.encodeToString(Arrays.copyOf(sign("room", owner, room), BYTES));
    }

    /** What viewers know a recording by. */
    String nameOf(SessionId session) {
        return ENCODER.encodeToString(Arrays.copyOf(sign("recording", session.toString()), NAME_BYTES));
    }

    /** Lengths stand before the parts, so that no two lists of parts are signed alike. */
    private byte[] sign(String... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                mac.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                mac.update(bytes);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC with SHA-256.", e);
        }
    }
}
