package dev.steno.recognition.remote;

import dev.steno.recognition.LimitedRecognizer;
import dev.steno.recognition.RecognizerStatus;
import dev.steno.recognition.StreamLimits;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What engines behind a WebSocket have in common: limits from the configuration, and a {@link RemoteEngine} once they
 * are chosen. Nothing is opened and no thread started before.
 */
public abstract class RemoteRecognizer extends LimitedRecognizer {
    private final Supplier<Executor> threads;
    private volatile RemoteEngine engine;

    /** For the container's proxies only. */
    protected RemoteRecognizer() {
        threads = null;
    }

    /** @param threads where connections are made and messages are read; asked once, when the engine is chosen */
    protected RemoteRecognizer(StreamLimits limits, Supplier<Executor> threads) {
        super(limits);
        this.threads = threads;
    }

    /** @param longest how long a server lets a stream live; it is replaced before */
    protected void choose(Duration longest, EngineFailures failures) {
        engine = new RemoteEngine(limits(), longest, failures, threads.get());
    }

    /** After {@link #choose}. */
    protected RemoteEngine chosen() {
        return engine;
    }

    @Override
    public RecognizerStatus status() {
        return engine.status();
    }
}
