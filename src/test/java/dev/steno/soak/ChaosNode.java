package dev.steno.soak;

import dev.steno.testing.CutProxy;
import dev.steno.testing.StenoProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/** One node of the cluster, the network between it and its clients, and the network between it and the store. */
final class ChaosNode implements AutoCloseable {
    /** A balancer looks every few seconds whether a node answers. */
    private static final long NOTICED_NANOS = 4_000_000_000L;

    private final CutProxy store;
    private CutProxy clients;
    private StenoProcess process;
    private volatile boolean ready;
    private volatile boolean ending;
    private volatile long frozenAt;
    /** Of the lives before this one. */
    private final Path earlierLogs;

    /** @param store address of the store */
    ChaosNode(Path folder, URI store, Map<String, String> settings) throws IOException {
        this.store = new CutProxy(store);
        earlierLogs = folder.resolve("earlier.log");
        Map<String, String> own = new HashMap<>(settings);
        own.put("CLUSTER_URL", "redis://127.0.0.1:" + this.store.address().getPort());
        own.put("JOURNAL_DIR", folder.resolve("journal").toString());
        process = StenoProcess.start(Files.createDirectories(folder), own);
        clients = new CutProxy(process.base());
    }

    /** For balancers: looks whether the node takes clients. */
    void look() {
        if (frozenAt == 0) {
            ready = !ending && process.status("healthz/ready") == 200;
        }
    }

    boolean isReady() {
        return ready && frozenAt == 0;
    }

    /** Whether a balancer would send clients there. */
    boolean seemsReady() {
        return ready && (frozenAt == 0 || System.nanoTime() - frozenAt < NOTICED_NANOS);
    }

    URI address() {
        return clients.address();
    }

    /** Dies. */
    void kill() {
        ready = false;
        process.kill();
        clients.cut();
    }

    /** Is shut down in order, and then begins to start again; waits for it. */
    void drain() {
        ending = true;
        ready = false;
        process.terminate();
        clients.cut();
        startAgain();
        ending = false;
    }

    /** Begins to start again. */
    void startAgain() {
        try {
            Files.writeString(earlierLogs, process.log(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process = process.again();
    }

    void freeze() {
        frozenAt = System.nanoTime();
        process.freeze();
    }

    void thaw() {
        process.thaw();
        frozenAt = 0;
    }

    void cutClients() {
        clients.cut();
    }

    void cutFromStore() {
        store.down();
    }

    void reachStore() {
        store.up();
    }

    /** Lines of all its lives that contain a text. */
    long lines(String text) {
        try {
            String earlier = Files.exists(earlierLogs) ? Files.readString(earlierLogs) : "";
            return (earlier + process.log())
                    .lines()
                    .filter(line -> line.contains(text))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
        clients.close();
        store.close();
    }
}
