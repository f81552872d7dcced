package dev.steno.recognition.amazon;

import dev.steno.recognition.RecognitionFailure;
import dev.steno.recognition.RecognitionListener;
import dev.steno.recognition.RecognitionResult;
import dev.steno.recognition.RecognitionStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import software.amazon.awssdk.services.transcribestreaming.TranscribeStreamingAsyncClient;
import software.amazon.awssdk.services.transcribestreaming.model.Result;
import software.amazon.awssdk.services.transcribestreaming.model.StartStreamTranscriptionRequest;
import software.amazon.awssdk.services.transcribestreaming.model.StartStreamTranscriptionResponseHandler;
import software.amazon.awssdk.services.transcribestreaming.model.TranscriptResultStream;

/**
 * One call to Amazon Transcribe. It ends once, by whichever comes first: the end of the call, a deadline, or
 * {@link #abort}. The listener is called under this object's lock, which puts its calls in one order; it returns at
 * once, so nobody waits for long.
 */
final class AmazonTranscribeStream implements RecognitionStream {
    private static final Logger LOG = System.getLogger(AmazonTranscribeStream.class.getName());

    /** Without an event for this long after the end of the audio, nothing more comes: the SDK would wait for ever. */
    private static final Duration END_TIMEOUT = Duration.ofSeconds(10);

    /** Between looks whether audio that was held back may go out. */
    private static final Duration HELD = Duration.ofMillis(100);

    private final RecognitionListener listener;
    private final StreamPermit permit;
    private final ScheduledExecutorService timers;
    private final Duration startTimeout;
    private final OpenResults open = new OpenResults();
    private final AudioEventPublisher audio;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private final AtomicInteger unreadable = new AtomicInteger();
    private volatile Instant replaceBy;

    // All below is guarded by this object's lock.
    private CompletableFuture<Void> call;
    private Future<?> deadline;
    private boolean finishing;
    private boolean ended;
    private boolean answered;

    /**
     * @param permit what the stream holds; given back once, just before the terminal event or on abort
     * @param timers for the deadlines
     * @param startTimeout how long the service may take to answer the request
     */
    AmazonTranscribeStream(
            RecognitionListener listener,
            StreamPermit permit,
            ScheduledExecutorService timers,
            Instant replaceBy,
            Duration startTimeout) {
        this.listener = listener;
        this.permit = permit;
        this.audio = new AudioEventPublisher(this::tellRoom, permit::isSure);
        this.timers = timers;
        this.replaceBy = replaceBy;
        this.startTimeout = startTimeout;
    }

    /** Places the call. Takes a while: the first one makes the client, each signs a request. */
    @SuppressWarnings("FutureReturnValueIgnored") // whenComplete's copy knows nothing that callEnded was not told
    void start(TranscribeStreamingAsyncClient client, StartStreamTranscriptionRequest request) {
        synchronized (this) {
            if (ended) {
                return;
            }
        }
        CompletableFuture<Void> placed = client.startStreamTranscription(request, audio, answers());
        placed.whenComplete((nothing, thrown) -> callEnded(thrown));
        if (!keep(placed)) {
            placed.cancel(true);
        }
    }

    private StartStreamTranscriptionResponseHandler answers() {
        return StartStreamTranscriptionResponseHandler.builder()
                .onResponse(response -> answered())
                .subscriber(this::take)
                .build();
    }

    /** An exception would end the stream without a word to anybody: what cannot be read is passed over. */
    private void take(TranscriptResultStream event) {
        try {
            heard(event);
        } catch (RuntimeException e) {
            Level level = unreadable.getAndIncrement() == 0 ? Level.WARNING : Level.DEBUG;
            LOG.log(level, "An event of Amazon Transcribe could not be read and is passed over.", e);
        }
    }

    @Override
    public int send(ByteBuffer chunk) {
        int taken = audio.send(chunk);
        awaitCertainty();
        return taken;
    }

    /** Audio that was held back goes out as soon as it may. */
    @SuppressWarnings("FutureReturnValueIgnored") // the task itself deals with every outcome
    private void awaitCertainty() {
        if (!permit.isSure() && waiting.compareAndSet(false, true)) {
            timers.schedule(this::resume, HELD.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void resume() {
        waiting.set(false);
        synchronized (this) {
            if (ended) {
                return;
            }
        }
        audio.resume();
        awaitCertainty();
    }

    @Override
    public void finish() {
        synchronized (this) {
            if (finishing || ended) {
                return;
            }
            finishing = true;
            if (answered) {
                expire(END_TIMEOUT, TranscribeFailures.NO_END);
            }
        }
        audio.finish();
        awaitCertainty();
    }

    @Override
    public void abort() {
        end(nobody -> {});
    }

    @Override
    public Instant replaceBy() {
        return replaceBy;
    }

    /** Known only once the credentials were looked up. */
    void replaceBefore(Instant moment) {
        replaceBy = moment.isBefore(replaceBy) ? moment : replaceBy;
    }

    void fail(RecognitionFailure failure) {
        end(hearer -> hearer.onFailed(failure));
    }

    /** The request is on its way: from now on the service is waited for, not this machine. */
    private synchronized boolean keep(CompletableFuture<Void> placed) {
        call = placed;
        if (!ended && !answered) {
            expire(startTimeout, TranscribeFailures.NO_ANSWER);
        }
        return !ended;
    }

    private synchronized void answered() {
        if (ended || answered) {
            return;
        }
        answered = true;
        if (deadline != null) {
            deadline.cancel(false);
        }
        if (finishing) {
            expire(END_TIMEOUT, TranscribeFailures.NO_END);
        }
        listener.onOpened();
    }

    private synchronized void heard(TranscriptResultStream event) {
        if (ended) {
            return;
        }
        if (finishing) {
            expire(END_TIMEOUT, TranscribeFailures.NO_END);
        }
        List<Result> results = TranscribeMapping.results(event);
        results.forEach(this::heard);
        if (results.isEmpty()) {
            listener.onProgress();
        }
    }

    private void heard(Result result) {
        Optional<RecognitionResult> heard = TranscribeMapping.result(result);
        String id = Objects.requireNonNullElse(result.resultId(), "");
        if (Boolean.TRUE.equals(result.isPartial())) {
            open.update(id, heard);
            tellOpen(result.startTime());
        } else {
            open.close(id, heard);
            heard.ifPresent(listener::onFinal);
            if (heard.isEmpty() || !open.isEmpty()) {
                tellOpen(result.endTime());
            }
        }
    }

    /** @param until the audio before holds no words that were not told, if no result is open */
    private void tellOpen(Double until) {
        open.combined()
                .ifPresentOrElse(listener::onPartial, () -> listener.onNoWords(TranscribeMapping.seconds(until)));
    }

    private synchronized void tellRoom() {
        if (!ended) {
            listener.onRoom();
        }
    }

    private void callEnded(Throwable thrown) {
        if (thrown != null) {
            LOG.log(Level.DEBUG, "The call to Amazon Transcribe ended", thrown);
            fail(TranscribeFailures.of(thrown));
        } else if (!audio.completed()) {
            fail(TranscribeFailures.ENDED_UNASKED);
        } else if (lastResultMissing()) {
            fail(TranscribeFailures.LAST_RESULT_MISSING);
        } else {
            end(RecognitionListener::onCompleted);
        }
    }

    /** A partial result never became final: what was said last would be lost. */
    private synchronized boolean lastResultMissing() {
        return !open.isEmpty();
    }

    private void end(Consumer<RecognitionListener> lastWord) {
        CompletableFuture<Void> placed;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            placed = call;
            if (deadline != null) {
                deadline.cancel(false);
            }
            permit.release();
            lastWord.accept(listener);
        }
        if (placed != null) {
            placed.cancel(true);
        }
        // The SDK loses a cancellation that comes while it connects: the end of the audio then ends the request.
        audio.close();
    }

    /** Replaces the deadline. */
    private void expire(Duration time, RecognitionFailure failure) {
        if (deadline != null) {
            deadline.cancel(false);
        }
        deadline = timers.schedule(() -> fail(failure), time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
