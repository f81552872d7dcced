package dev.steno.recognition.amazon;

import dev.steno.aws.AwsSettings;
import dev.steno.logging.LogEvent;
import dev.steno.recognition.LimitedRecognizer;
import dev.steno.recognition.RecognitionException;
import dev.steno.recognition.RecognitionListener;
import dev.steno.recognition.RecognitionRequest;
import dev.steno.recognition.RecognitionStream;
import dev.steno.recognition.RecognizerStatus;
import dev.steno.recognition.RecognizerStatus.State;
import dev.steno.recognition.RefusedOptionsException;
import dev.steno.recognition.StreamLimits;
import dev.steno.recognition.StreamPlaces;
import dev.steno.transcript.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.transcribestreaming.TranscribeStreamingAsyncClient;

/**
 * Amazon Transcribe Streaming. Touches neither network nor credentials before the warm-up, the first stream or status.
 */
@ApplicationScoped
public class AmazonTranscribeRecognizer extends LimitedRecognizer {
    private static final Logger LOG = System.getLogger(AmazonTranscribeRecognizer.class.getName());

    /** Time to find a pause in speech and to change over before temporary credentials expire. */
    private static final Duration CREDENTIALS_MARGIN = Duration.ofMinutes(2);

    private final TranscribeStreamingAsyncClient client;
    private final AwsCredentialsProvider credentials;
    private final ScheduledExecutorService executor;
    private final CredentialsCheck check;
    private final Semaphore permits;
    /** While the SDK is loaded, or once that failed for good; else null, and the credentials decide. */
    private volatile RecognizerStatus sdk;

    private final StreamPlaces places;

    /** For the container's proxy. */
    protected AmazonTranscribeRecognizer() {
        client = null;
        credentials = null;
        executor = null;
        check = null;
        permits = null;
        places = null;
    }

    @Inject
    AmazonTranscribeRecognizer(
            TranscribeStreamingAsyncClient client,
            AwsSettings aws,
            StreamLimits limits,
            @ForTranscribe ScheduledExecutorService executor,
            StreamPlaces places) {
        this(client, aws.credentials(), limits, executor, places);
    }

    AmazonTranscribeRecognizer(
            TranscribeStreamingAsyncClient client,
            AwsCredentialsProvider credentials,
            StreamLimits limits,
            ScheduledExecutorService executor) {
        this(client, credentials, limits, executor, StreamPlaces.UNSHARED);
    }

    /** @param places among the streams of all nodes: the account has one limit for them */
    AmazonTranscribeRecognizer(
            TranscribeStreamingAsyncClient client,
            AwsCredentialsProvider credentials,
            StreamLimits limits,
            ScheduledExecutorService executor,
            StreamPlaces places) {
        super(limits);
        this.places = places;
        this.client = client;
        this.credentials = credentials;
        this.executor = executor;
        check = new CredentialsCheck(credentials, executor);
        permits = new Semaphore(limits.streams());
    }

    @Override
    public String engine() {
        return "amazon-transcribe";
    }

    @Override
    public Set<String> languages() {
        return TranscribeMapping.LANGUAGES;
    }

    @Override
    public Set<String> options() {
        return TranscribeOption.NAMES;
    }

    @Override
    public RecognitionRequest prepare(SessionId id, Map<String, String> defaults, Map<String, String> options)
            throws RefusedOptionsException {
        return TranscribeOptions.prepare(id, defaults, options);
    }

    /** Amazon advises to stay near real time: audio that runs minutes ahead is refused. */
    @Override
    public double maximumSpeed() {
        return 1.25;
    }

    /** The service ends a stream after 15 s without audio. */
    @Override
    public Duration longestSilence() {
        return Duration.ofSeconds(14);
    }

    /** By its price list: 15 s for each request. */
    @Override
    public Duration leastBilled() {
        return Duration.ofSeconds(15);
    }

    /** How many streams could be opened now. */
    int freeStreams() {
        return permits.availablePermits();
    }

    /** Makes the client, and runs the code of a call: else the first recording would wait for it, or be lost. */
    @Override
    public void warmUp() {
        sdk = new RecognizerStatus(State.LOADING, "The AWS SDK is being loaded.");
        try {
            executor.execute(this::runWarmUp);
        } catch (RejectedExecutionException e) {
            sdk = null; // the server goes down again
        }
    }

    private void runWarmUp() {
        long start = System.nanoTime();
        try {
            client.serviceName(); // the first call of any method makes it
            TranscribeWarmUp.run(credentials, executor);
            LOG.log(
                    Level.INFO,
                    "Amazon Transcribe is ready to be called after {0} ms.",
                    Long.toString((System.nanoTime() - start) / 1_000_000));
            sdk = null;
        } catch (Throwable e) { // the boundary of a thread
            sdk = afterBrokenWarmUp(e);
        }
    }

    /** Without credentials a warm-up breaks off, and the look-up of them tells. What cannot be loaded stays so. */
    private static RecognizerStatus afterBrokenWarmUp(Throwable fault) {
        if (Stream.iterate(fault, Objects::nonNull, Throwable::getCause).noneMatch(LinkageError.class::isInstance)) {
            LOG.log(Level.DEBUG, "The warm-up of Amazon Transcribe broke off", fault);
            return null;
        }
        LOG.log(Level.ERROR, "The AWS SDK cannot be loaded in this process; restart the server", fault);
        return new RecognizerStatus(
                State.UNAVAILABLE, "The AWS SDK could not be loaded. Restart the server; its log says why.");
    }

    @Override
    public RecognizerStatus status() {
        RecognizerStatus known = check.status();
        RecognizerStatus ofSdk = sdk;
        return ofSdk == null ? known : ofSdk;
    }

    @Override
    public RecognitionStream open(RecognitionRequest request, RecognitionListener listener)
            throws RecognitionException {
        if (!permits.tryAcquire()) {
            throw new RecognitionException(TranscribeFailures.ALL_STREAMS_TAKEN);
        }
        StreamPermit permit = new StreamPermit(permits);
        AmazonTranscribeStream stream = new AmazonTranscribeStream(
                TranscribeMapping.redacted(request) ? new FinalsOnly(listener) : listener,
                permit,
                executor,
                Instant.now().plus(limits().streamDuration()),
                limits().startTimeout());
        try {
            executor.execute(() -> start(stream, request, permit));
        } catch (RejectedExecutionException e) {
            stream.abort();
            throw new RecognitionException(TranscribeFailures.SHUTTING_DOWN, e);
        }
        return stream;
    }

    /** In the background: other nodes may have to be asked first. */
    @SuppressWarnings("FutureReturnValueIgnored") // the last stage deals with every outcome
    private void start(AmazonTranscribeStream stream, RecognitionRequest request, StreamPermit permit) {
        places.acquire(limits().streams())
                .thenAcceptAsync(
                        granted -> granted.ifPresentOrElse(
                                place -> {
                                    place.onLost(() -> stream.fail(TranscribeFailures.PLACE_LOST));
                                    permit.hold(place);
                                    start(stream, request);
                                },
                                () -> stream.fail(TranscribeFailures.ALL_PLACES_TAKEN)),
                        executor)
                .exceptionally(fault -> {
                    stream.fail(TranscribeFailures.SHUTTING_DOWN);
                    return null;
                });
    }

    /** The credentials of a role come over the network. */
    private void start(AmazonTranscribeStream stream, RecognitionRequest request) {
        try {
            credentials().expirationTime().ifPresent(moment -> stream.replaceBefore(moment.minus(CREDENTIALS_MARGIN)));
            stream.start(client, TranscribeMapping.request(request, UUID.randomUUID()));
        } catch (RecognitionException e) {
            stream.fail(e.failure());
        } catch (RuntimeException e) {
            // The end of a thread: unreported, it would leave the session waiting.
            LogEvent.of("no_call", "Session " + request.sessionId() + ": no call to Amazon Transcribe")
                    .session(request.sessionId())
                    .thrown(e)
                    .log(LOG, Level.WARNING);
            stream.fail(TranscribeFailures.of(e));
        }
    }

    private AwsCredentials credentials() throws RecognitionException {
        try {
            return credentials.resolveCredentials();
        } catch (SdkException e) {
            throw new RecognitionException(TranscribeFailures.NO_CREDENTIALS, e);
        }
    }
}
