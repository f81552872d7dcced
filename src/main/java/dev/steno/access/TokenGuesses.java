package dev.steno.access;

import dev.steno.bounded.BoundedMap;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Slows down the guessing of tokens in handshakes and requests: an address has thirty wrong ones, then one every two
 * seconds. While it has to wait, only those who were let in from there before are let in; no other token is looked at.
 * So a program with an outdated token does not lock out the people behind the same address. Thread-safe.
 */
@ApplicationScoped
public class TokenGuesses {
    /** A program that tries an outdated token again and again reaches it, too; that is no reason to refuse others. */
    static final int FAILURES = 30;

    private static final Duration PER_FAILURE = Duration.ofSeconds(2);

    static final String RETRY_SECONDS = "2";

    /** As many as {@link SignInLimit} remembers. */
    private static final int MOST_KNOWN = 10_000;

    private static final String WAIT = "Too many wrong tokens came from there.";

    private final SignInLimit limit;

    /** Callers that were let in, each with its address; the one that was not seen for the longest time is forgotten. */
    private final Map<String, Boolean> known = BoundedMap.lastUsed(MOST_KNOWN);

    public TokenGuesses() {
        this(System::nanoTime);
    }

    TokenGuesses(LongSupplier nanoTime) {
        limit = new SignInLimit(nanoTime, FAILURES, PER_FAILURE);
    }

    /**
     * @param network the caller's, from {@link IncomingRequest#network}
     * @param identity of the token that it shows; empty if the token is nobody's
     * @return why the token is not looked at now
     */
    synchronized Optional<String> refusal(String network, Optional<String> identity) {
        boolean waits = limit.mustWait(network);
        if (identity.isEmpty()) {
            if (!waits) {
                limit.failed(network);
            }
            return waits ? Optional.of(WAIT) : Optional.empty();
        }
        String caller = network + ' ' + identity.get();
        if (waits) {
            return known.get(caller) == null ? Optional.of(WAIT) : Optional.empty();
        }
        known.put(caller, true);
        return Optional.empty();
    }
}
