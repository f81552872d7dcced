package dev.steno.access;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 without an exception that cannot come. */
final class Hashes {
    private Hashes() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    static byte[] sha256(byte[] content) {
        return sha256().digest(content);
    }
}
