package dev.steno.cluster.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** A script that the store runs in one step. What is checked in it and what is written cannot come apart. */
enum RedisScript {
    ACQUIRE_LEASE,
    RENEW_LEASES,
    RELEASE_LEASE,
    BEGIN_RECORDING,
    COUNT_MINUTES,
    BEAT,
    APPEND,
    CLAIM,
    CLAIM_ORPHAN,
    RENEW_RECORDINGS,
    ORPHANS,
    END,
    PUBLISH_FEED,
    READ_FEED,
    COUNT_READERS,
    SAVE_LINK,
    FIND_LINK,
    KEEP_KEY;

    private final String text = read(name().toLowerCase(Locale.ROOT).replace('_', '-') + ".lua");
    private final String sha = sha1(text);

    String text() {
        return text;
    }

    /** As the store names it. */
    String sha() {
        return sha;
    }

    private static String read(String file) {
        try (InputStream common = RedisScript.class.getResourceAsStream("common.lua");
                InputStream own = RedisScript.class.getResourceAsStream(file)) {
            return new String(common.readAllBytes(), StandardCharsets.UTF_8)
                    + new String(own.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha1(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
