package dev.steno.archive;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Plain executors in the place of the server's, gone after each test. */
final class TestThreads implements AfterEachCallback {
    final ExecutorService journal = Executors.newCachedThreadPool();
    final ExecutorService archive = Executors.newCachedThreadPool();
    final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor();

    @Override
    public void afterEach(ExtensionContext context) {
        schedule.shutdownNow();
        archive.shutdownNow();
        journal.shutdownNow();
    }
}
