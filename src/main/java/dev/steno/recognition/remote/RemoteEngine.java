package dev.steno.recognition.remote;

import dev.steno.recognition.RecognitionException;
import dev.steno.recognition.RecognitionListener;
import dev.steno.recognition.RecognitionStream;
import dev.steno.recognition.RecognizerStatus;
import dev.steno.recognition.StreamLimits;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Opens streams to an engine's server, so many at a time. Thread-safe; touches no network before the first stream. */
public final class RemoteEngine {
    private final StreamLimits limits;
    private final Duration longest;
    private final EngineFailures failures;
    private final EngineHealth health;
    private final Semaphore permits;
    private final HttpClient http;

    /**
     * @param longest how long a server lets a stream live; it is replaced before
     * @param executor where connections are made and messages are read: nothing there blocks
     */
    public RemoteEngine(StreamLimits limits, Duration longest, EngineFailures failures, Executor executor) {
        this.limits = limits;
        this.longest = longest.compareTo(limits.streamDuration()) < 0 ? longest : limits.streamDuration();
        this.failures = failures;
        health = new EngineHealth(
                failures.server() + " is called when a recording begins; the last calls worked, or there were none.",
                System::nanoTime);
        permits = new Semaphore(limits.streams());
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limits.startTimeout())
                .executor(executor)
                .build();
    }

    /**
     * @param key sent as {@code Authorization: Bearer} if there is one
     * @throws RecognitionException if all permits are taken
     */
    public RecognitionStream open(
            URI address,
            Optional<String> key,
            Function<EngineLine, EngineProtocol> protocol,
            RecognitionListener listener)
            throws RecognitionException {
        if (!permits.tryAcquire()) {
            throw new RecognitionException(failures.allTaken());
        }
        AtomicBoolean held = new AtomicBoolean(true);
        Runnable release = () -> {
            if (held.getAndSet(false)) {
                permits.release();
            }
        };
        RemoteStream stream =
                new RemoteStream(listener, this, release, Instant.now().plus(longest), protocol);
        connect(address, key, stream);
        return stream;
    }

    private void connect(URI address, Optional<String> key, RemoteStream stream) {
        WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(limits.startTimeout());
        key.ifPresent(secret -> builder.header("Authorization", "Bearer " + secret));
        var unused = builder.buildAsync(address, stream.socket()).whenComplete((socket, cause) -> {
            if (cause != null) {
                stream.broken(cause);
            }
        });
    }

    public RecognizerStatus status() {
        return health.status();
    }

    /** How many streams could be opened now. */
    public int freeStreams() {
        return permits.availablePermits();
    }

    Duration startTimeout() {
        return limits.startTimeout();
    }

    EngineFailures failures() {
        return failures;
    }

    EngineHealth health() {
        return health;
    }
}
