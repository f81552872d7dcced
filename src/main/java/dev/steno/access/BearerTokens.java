package dev.steno.access;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The tokens of {@code AUTH_TOKENS}: {@code name:secret} or a secret alone, separated by commas. Only their hashes are
 * kept, and all of them are compared in a time that does not depend on how much of a guess was right.
 */
final class BearerTokens {
    static final String KEY = "AUTH_TOKENS";

    /** A shorter secret could be guessed. */
    private static final int LEAST_LENGTH = 16;

    /** Hashes by owner. */
    private final Map<String, byte[]> tokens = new LinkedHashMap<>();

    BearerTokens(Settings settings) {
        for (String item : settings.secrets(KEY)) {
            int colon = item.indexOf(':');
            String owner = colon < 0 ? "token-" + (tokens.size() + 1) : item.substring(0, colon);
            String secret = item.substring(colon + 1);
            byte[] hash = Hashes.sha256(secret.getBytes(StandardCharsets.UTF_8));
            if (secret.length() < LEAST_LENGTH || owner.isBlank() || tokens.put(owner, hash) != null) {
                throw invalid();
            }
        }
        if (tokens.isEmpty()) {
            throw invalid();
        }
    }

    /** Whose token it is. */
    Optional<String> owner(String secret) {
        byte[] hash = Hashes.sha256(secret.getBytes(StandardCharsets.UTF_8));
        Optional<String> owner = Optional.empty();
        for (Map.Entry<String, byte[]> token : tokens.entrySet()) {
            if (MessageDigest.isEqual(token.getValue(), hash)) {
                owner = Optional.of(token.getKey());
            }
        }
        return owner;
    }

    /** Names all tokens without telling one: it is another one as soon as a token changes. */
    byte[] fingerprint() {
        MessageDigest digest = Hashes.sha256();
        tokens.values().forEach(digest::update);
        return digest.digest();
    }

    /** The value is a secret and must not reach a log. */
    private static InvalidSettingException invalid() {
        return new InvalidSettingException(
                KEY,
                "(not shown)",
                "a comma-separated list of secrets of at least " + LEAST_LENGTH
                        + " characters, each with a name of its own before it if wanted, as in alice:secret");
    }
}
