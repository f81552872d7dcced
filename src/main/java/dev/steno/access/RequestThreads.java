package dev.steno.access;

import dev.steno.bounded.BoundedMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How many threads for requests one address may have at once. No limit, until clients there have let threads wait for
 * half a minute together by not reading responses; then four, until that is as long ago. Thread-safe.
 */
final class RequestThreads {
    /** The smallest server of the matrix has five threads for requests. */
    static final int SHARE = 4;

    /** Probes get an answer while other requests of the same address are refused, but are no way around the limit. */
    static final int PROBE_SHARE = 8;

    private static final long ALLOWED_NANOS = Duration.ofSeconds(30).toNanos();

    /**
     * What more than that was held is forgotten: so an address is free again a minute after its last unread response.
     */
    private static final long MOST_NANOS = Duration.ofSeconds(90).toNanos();

    /** Far more than hold threads at once. Of most addresses nothing is kept after their last response. */
    private static final int MOST_ADDRESSES = 10_000;

    private final LongSupplier nanoTime;

    private final Map<String, Account> accounts = BoundedMap.lastUsed(MOST_ADDRESSES);

    RequestThreads(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * @param address the caller's, from {@link IncomingRequest#network}
     * @param share {@link #SHARE} or {@link #PROBE_SHARE}
     * @return whether the request may have a thread; then {@link #end} must follow
     */
    synchronized boolean begin(String address, int share, ResponseClock response) {
        Account account = accounts.computeIfAbsent(address, key -> new Account(nanoTime.getAsLong()));
        if (account.open.size() >= share && account.owedNanos(nanoTime.getAsLong()) > ALLOWED_NANOS) {
            return false;
        }
        account.open.add(response);
        return true;
    }

    synchronized void end(String address, ResponseClock response) {
        Account account = accounts.get(address);
        if (account == null) {
            return;
        }
        account.end(response, nanoTime.getAsLong());
        if (account.open.isEmpty() && account.debtNanos == 0) {
            accounts.remove(address);
        }
    }

    synchronized int addresses() {
        return accounts.size();
    }

    /** Each second pays one back. */
    private static final class Account {
        private final List<ResponseClock> open = new ArrayList<>();
        private long debtNanos;
        private long at;

        Account(long now) {
            at = now;
        }

        void end(ResponseClock response, long now) {
            open.remove(response);
            debtNanos = Math.min(MOST_NANOS, unpaidNanos(now) + response.heldNanos());
            at = now;
        }

        long owedNanos(long now) {
            return unpaidNanos(now)
                    + open.stream().mapToLong(ResponseClock::heldNanos).sum();
        }

        private long unpaidNanos(long now) {
            return Math.max(0, debtNanos - (now - at));
        }
    }
}
