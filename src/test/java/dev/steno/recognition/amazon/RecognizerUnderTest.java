package dev.steno.recognition.amazon;

import dev.steno.aws.AwsSettings;
import dev.steno.configuration.Settings;
import dev.steno.recognition.RecognitionException;
import dev.steno.recognition.RecognitionListener;
import dev.steno.recognition.RecognitionRequest;
import dev.steno.recognition.RecognitionStream;
import dev.steno.recognition.SpeechRecognizer;
import dev.steno.recognition.StreamLimits;
import dev.steno.testing.transcribe.TranscribeServer;
import dev.steno.testing.transcribe.TranscribeServerOptions;
import dev.steno.transcript.SessionId;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.transcribestreaming.TranscribeStreamingAsyncClient;

/** A recogniser, put together as in the container, that calls the stand-in. */
public final class RecognizerUnderTest implements AutoCloseable {
    private final ScheduledThreadPoolExecutor executor;
    private final TranscribeStreamingAsyncClient client;
    private final AmazonTranscribeRecognizer recognizer;

    private RecognizerUnderTest(Map<String, String> values, ScheduledThreadPoolExecutor executor) {
        Settings settings = new Settings(key -> Optional.ofNullable(values.get(key)));
        AwsSettings aws = new AwsSettings(settings);
        StreamLimits limits = new StreamLimits(settings);
        this.executor = executor;
        client = TranscribeClientProducer.client(aws, limits.streams(), executor);
        recognizer = new AmazonTranscribeRecognizer(client, aws.credentials(), limits, executor);
    }

    public static Builder against(TranscribeServer server) {
        return new Builder(server.endpoint());
    }

    static Builder against(URI endpoint) {
        return new Builder(endpoint);
    }

    RecognitionStream open(RecognitionListener listener) throws RecognitionException {
        return recognizer.open(new RecognitionRequest(SessionId.random(), "en-US"), listener);
    }

    public SpeechRecognizer recognizer() {
        return recognizer;
    }

    public int freePermits() {
        return recognizer.freeStreams();
    }

    @Override
    public void close() {
        client.close();
        executor.shutdownNow();
    }

    public static final class Builder {
        private final Map<String, String> values = new HashMap<>();
        private ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(2);

        private Builder(URI endpoint) {
            TranscribeServerOptions account = TranscribeServerOptions.defaults();
            values.put("AWS_ENDPOINT_URL_TRANSCRIBE_STREAMING", endpoint.toString());
            values.put("AWS_ACCESS_KEY_ID", account.accessKey());
            values.put("AWS_SECRET_ACCESS_KEY", account.secretKey());
        }

        public Builder streams(int limit) {
            values.put("TRANSCRIBE_STREAM_LIMIT", Integer.toString(limit));
            return this;
        }

        public Builder secret(String secret) {
            values.put("AWS_SECRET_ACCESS_KEY", secret);
            return this;
        }

        Builder token(String token) {
            values.put("AWS_SESSION_TOKEN", token);
            return this;
        }

        public Builder startTimeout(Duration timeout) {
            values.put("TRANSCRIBE_START_TIMEOUT", timeout.toString());
            return this;
        }

        /** Time passes ten times as fast. Answers are awaited for three real seconds: the first call is slow. */
        public Builder hurried() {
            startTimeout(Duration.ofSeconds(30));
            executor = new HurriedExecutor();
            return this;
        }

        public RecognizerUnderTest build() {
            return new RecognizerUnderTest(values, executor);
        }
    }

    private static final class HurriedExecutor extends ScheduledThreadPoolExecutor {
        private HurriedExecutor() {
            super(2);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            return super.schedule(task, unit.toMillis(delay) / 10, TimeUnit.MILLISECONDS);
        }

        @Override
        public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
            return super.schedule(task, unit.toMillis(delay) / 10, TimeUnit.MILLISECONDS);
        }
    }
}
