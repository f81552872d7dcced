package dev.steno.webhook;

import dev.steno.files.PrivateFiles;
import dev.steno.files.ProcessLock;
import dev.steno.files.WholeFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Events that are not delivered yet: a file each, forced to disk. Of several processes with one folder one delivers: it
 * holds a lock that ends with it. Methods block on the disk.
 */
final class Outbox {
    private static final String LOCK = "sender.lock";

    private final Path folder;
    private final AtomicLong number = new AtomicLong();
    private Optional<ProcessLock> lock = Optional.empty();

    Outbox(Path folder) {
        this.folder = folder;
    }

    void add(WebhookEvent event) throws IOException {
        PrivateFiles.createFolders(folder);
        Path file = folder.resolve(event.fileName(number.getAndIncrement()));
        WholeFiles.replace(file, event.body().getBytes(StandardCharsets.UTF_8));
    }

    /** Whether this process delivers; may be asked again and again. */
    synchronized boolean isSender() throws IOException {
        if (lock.isEmpty()) {
            PrivateFiles.createFolders(folder);
            lock = ProcessLock.tryAcquire(folder.resolve(LOCK));
        }
        return lock.isPresent();
    }

    /** Files of events in the order of their moments. */
    Stream<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream();
        }
    }

    static Optional<WebhookEvent> read(Path file) throws IOException {
        return WebhookEvent.parse(file.getFileName().toString(), Files.readString(file));
    }

    synchronized void close() throws IOException {
        if (lock.isPresent()) {
            lock.get().release();
            lock = Optional.empty();
        }
    }
}
