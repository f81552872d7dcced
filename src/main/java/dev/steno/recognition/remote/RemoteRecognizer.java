package dev.steno.recognition.remote;

import dev.steno.recognition.RecognizerStatus;
import dev.steno.recognition.SpeechRecognizer;
import dev.steno.recognition.StreamLimits;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What engines behind a WebSocket have in common: limits from the configuration, and a {@link RemoteEngine} once they
 * are chosen. Nothing is opened and no thread started before.
 */
public abstract class RemoteRecognizer implements SpeechRecognizer {
    private final StreamLimits limits;
    private final Supplier<Executor> threads;
    private volatile RemoteEngine engine;

    /** For the container's proxies only. */
    protected RemoteRecognizer() {
        limits = null;
        threads = null;
    }

    /** @param threads where connections are made and messages are read; asked once, when the engine is chosen */
    protected RemoteRecognizer(StreamLimits limits, Supplier<Executor> threads) {
        this.limits = limits;
        this.threads = threads;
    }

    /** @param longest how long a server lets a stream live; it is replaced before */
    protected void choose(Duration longest, EngineFailures failures) {
        engine = new RemoteEngine(limits, longest, failures, threads.get());
    }

    /** After {@link #choose}. */
    protected RemoteEngine chosen() {
        return engine;
    }

    @Override
    public int streamLimit() {
        return limits.streams();
    }

    @Override
    public int recordingLimit() {
        return limits.recordings();
    }

    /** Twice what the server may take: it may have two answers to give, and this machine may be busy. */
    @Override
    public Duration startTimeout() {
        return limits.startTimeout().multipliedBy(2);
    }

    @Override
    public Duration stallTimeout() {
        return limits.stallTimeout();
    }

    @Override
    public RecognizerStatus status() {
        return engine.status();
    }
}
