package dev.steno.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a stranger may try beside the recordings, again and again, all kinds at once; and how long {@code /info} takes
 * meanwhile.
 */
final class Attackers implements AutoCloseable {
    private final URI base;
    private final ScheduledExecutorService threads;
    private final Map<String, AtomicLong> done = new ConcurrentHashMap<>();
    private final Set<String> problems = ConcurrentHashMap.newKeySet();
    private final AtomicLong slowestInfoMillis = new AtomicLong();

    @SuppressWarnings("FutureReturnValueIgnored") // the attacks deal with every outcome themselves
    Attackers(URI base) {
        this.base = base;
        Map<String, Runnable> attacks = new Attacks(base).all();
        threads = Executors.newScheduledThreadPool(attacks.size() + 1, task -> {
            Thread thread = new Thread(task, "attacker");
            thread.setDaemon(true);
            return thread;
        });
        attacks.forEach((name, attack) -> {
            done.put(name, new AtomicLong());
            threads.scheduleWithFixedDelay(() -> attempt(name, attack), 5_000, 500, TimeUnit.MILLISECONDS);
        });
        threads.scheduleWithFixedDelay(this::askForInfo, 1, 1, TimeUnit.SECONDS);
    }

    /** How often each was tried. */
    Map<String, Long> tried() {
        Map<String, Long> tried = new TreeMap<>();
        done.forEach((name, times) -> tried.put(name, times.get()));
        return tried;
    }

    /** What succeeded and should not have. */
    Set<String> problems() {
        return Set.copyOf(problems);
    }

    long slowestInfoMillis() {
        return slowestInfoMillis.get();
    }

    private void attempt(String name, Runnable attack) {
        try {
            attack.run();
        } catch (AssertionError e) {
            problems.add(name + ": " + e.getMessage());
        } catch (UncheckedIOException | NumberFormatException | IndexOutOfBoundsException refused) {
            // what the server is there for: it hung up
        } finally {
            done.get(name).incrementAndGet();
        }
    }

    private void askForInfo() {
        long began = System.nanoTime();
        try {
            HttpURLConnection info =
                    (HttpURLConnection) base.resolve("info").toURL().openConnection();
            info.setReadTimeout(60_000);
            info.getResponseCode();
        } catch (IOException e) { // counts for as long as it took
        }
        long millis = (System.nanoTime() - began) / 1_000_000;
        slowestInfoMillis.accumulateAndGet(millis, Math::max);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
