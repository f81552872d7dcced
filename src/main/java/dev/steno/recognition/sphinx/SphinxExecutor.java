package dev.steno.recognition.sphinx;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import java.util.concurrent.Executor;

/**
 * The container's threads for decoding, which is long, busy work: an executor of its own, so that it never holds up the
 * sessions. A stream uses at most one thread at a time, so the largest pool needs no more than these.
 */
@ApplicationScoped
@Typed(SphinxExecutor.class) // not every Executor that somebody may want
@ManagedExecutorDefinition(name = SphinxExecutor.NAME, maxAsync = SphinxRecognizer.MOST_STREAMS)
public class SphinxExecutor implements Executor {
    static final String NAME = "java:app/concurrent/sphinx";

    @Resource(lookup = NAME)
    private ManagedExecutorService threads;

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }
}
