package dev.steno.recognition.sphinx;

import dev.steno.configuration.Settings;
import dev.steno.recognition.RecognitionException;
import dev.steno.recognition.RecognitionFailure;
import dev.steno.recognition.RecognitionListener;
import dev.steno.recognition.RecognitionRequest;
import dev.steno.recognition.RecognitionStream;
import dev.steno.recognition.RecognizerStatus;
import dev.steno.recognition.SpeechRecognizer;
import dev.steno.threads.ContainerThreads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The embedded recogniser. The models are loaded once, in the background; a stream adds little to them, because all
 * decoders share them. The limit is for the processor: each stream needs about half a core while somebody speaks.
 */
@ApplicationScoped
public class SphinxRecognizer implements SpeechRecognizer {
    private static final System.Logger LOG = System.getLogger(SphinxRecognizer.class.getName());

    /** More streams than any server can decode in real time. */
    static final int MOST_STREAMS = 64;

    /** Where the models come from. */
    interface Loader {
        SphinxModels load() throws IOException;
    }

    private static final String POOL = "SPHINX_POOL";

    private final int streamLimit;
    private final Executor executor;
    private final Semaphore free;
    private final Loader loader;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<SphinxModels> models = new CompletableFuture<>();

    /** For the container's proxy only. */
    protected SphinxRecognizer() {
        this(1, task -> {}, () -> null);
    }

    @Inject
    SphinxRecognizer(Settings settings, ContainerThreads threads) {
        this(pool(settings), threads);
    }

    static int pool(Settings settings) {
        return settings.integer(POOL, defaultPool(), 1, MOST_STREAMS);
    }

    /** A stream uses at most one thread at a time, and a pool of their own keeps long, busy work from the sessions. */
    private SphinxRecognizer(int streamLimit, ContainerThreads threads) {
        this(streamLimit, threads.pool("sphinx", streamLimit), SphinxRecognizer::loadAndWarmUp);
    }

    private static SphinxModels loadAndWarmUp() throws IOException {
        SphinxModels loaded = SphinxModels.load(SphinxTuning.DEFAULT);
        SphinxWarmUp.run(loaded);
        return loaded;
    }

    SphinxRecognizer(int streamLimit, Executor executor, Loader loader) {
        this.streamLimit = streamLimit;
        this.executor = executor;
        this.loader = loader;
        free = new Semaphore(streamLimit);
    }

    private static int defaultPool() {
        return Math.min(Runtime.getRuntime().availableProcessors(), MOST_STREAMS);
    }

    @Override
    public void warmUp() {
        if (begun.compareAndSet(false, true)) {
            executor.execute(this::load);
        }
    }

    /** The boundary of a thread: Sphinx throws plain errors when it dislikes a file. */
    private void load() {
        long start = System.nanoTime();
        try {
            SphinxLogging.quiet();
            models.complete(loader.load());
            long milliseconds = (System.nanoTime() - start) / 1_000_000;
            LOG.log(
                    System.Logger.Level.INFO,
                    "Speech models loaded and warm after {0} ms, {1} streams.",
                    milliseconds,
                    streamLimit);
        } catch (IOException | RuntimeException | Error e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    unavailable().message() + " " + unavailable().remedy(),
                    e);
            models.completeExceptionally(e);
        }
    }

    @Override
    public String engine() {
        return "sphinx";
    }

    @Override
    public Set<String> languages() {
        return Set.of("en-US");
    }

    @Override
    public int streamLimit() {
        return streamLimit;
    }

    @Override
    public RecognizerStatus status() {
        if (models.isCompletedExceptionally()) {
            return new RecognizerStatus(
                    RecognizerStatus.State.UNAVAILABLE, unavailable().remedy());
        }
        return models.isDone()
                ? new RecognizerStatus(RecognizerStatus.State.READY, "The speech models are loaded.")
                : new RecognizerStatus(RecognizerStatus.State.LOADING, "The speech models are being loaded.");
    }

    @Override
    public RecognitionStream open(RecognitionRequest request, RecognitionListener listener)
            throws RecognitionException {
        if (models.isCompletedExceptionally()) {
            throw new RecognitionException(unavailable());
        }
        if (!free.tryAcquire()) {
            throw new RecognitionException(busy());
        }
        SphinxStream stream = new SphinxStream(request.sessionId(), models, executor, listener, free::release);
        stream.start();
        return stream;
    }

    static RecognitionFailure unavailable() {
        return new RecognitionFailure(
                RecognitionFailure.Kind.UNAVAILABLE,
                false,
                "The speech models could not be loaded.",
                "Look into the server's log; the server needs about 250 MB of free heap for them.");
    }

    private RecognitionFailure busy() {
        return new RecognitionFailure(
                RecognitionFailure.Kind.BUSY,
                true,
                "All " + streamLimit + " embedded recognisers are in use.",
                "Try again when another recording has ended, or ask the operator to raise " + POOL + ".");
    }
}
