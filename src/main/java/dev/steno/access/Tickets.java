package dev.steno.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tickets for browsers, which cannot send a token with a WebSocket: name and end of validity, signed (HMAC, RFC 2104).
 * No ticket is stored: it outlives a restart and is valid on every node with the same key and tokens; a change of the
 * tokens voids it. The key is not made of the tokens alone: anybody with a ticket could use it to try guesses of other
 * callers' tokens offline.
 */
final class Tickets {
    /** A working day: a recording may be resumed as long as it lasts. */
    static final Duration VALIDITY = Duration.ofHours(12);

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final InstantSource clock;

    /** @param tokens which tokens there are */
    Tickets(TicketKey key, byte[] tokens, InstantSource clock) {
        this.key = new SecretKeySpec(hmac(new SecretKeySpec(key.bytes(), ALGORITHM), tokens), ALGORITHM);
        this.clock = clock;
    }

    String issue(String owner) {
        long end = clock.instant().plus(VALIDITY).getEpochSecond();
        String claim = encode(owner.getBytes(StandardCharsets.UTF_8)) + "." + end;
        return claim + "." + encode(sign(claim));
    }

    /** @return whose ticket it is, if it is one and still good */
    Optional<String> owner(String ticket) {
        int dot = ticket.lastIndexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        String claim = ticket.substring(0, dot);
        byte[] wanted = encode(sign(claim)).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(wanted, ticket.substring(dot + 1).getBytes(StandardCharsets.UTF_8))) {
            return Optional.empty();
        }
        String[] parts = claim.split("\\.", -1); // it is ours, so it has the form that issue() gave it
        Instant end = Instant.ofEpochSecond(Long.parseLong(parts[1]));
        return clock.instant().isBefore(end)
                ? Optional.of(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private byte[] sign(String claim) {
        return hmac(key, claim.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] hmac(SecretKeySpec key, byte[] text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM + ".", e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
