package dev.steno.testing.transcribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.transcribestreaming.TranscribeStreamingAsyncClient;
import software.amazon.awssdk.services.transcribestreaming.model.AudioStream;
import software.amazon.awssdk.services.transcribestreaming.model.StartStreamTranscriptionRequest;
import software.amazon.awssdk.services.transcribestreaming.model.StartStreamTranscriptionResponseHandler;
import software.amazon.awssdk.utils.async.SimplePublisher;

/** The stand-in is as strict as it says: a plain SDK client that errs on purpose is refused. */
class TranscribeServerTest {
    private final TranscribeServer server = TranscribeServer.start(TranscribeServerOptions.defaults());
    private TranscribeStreamingAsyncClient client;

    @BeforeEach
    void connect() {
        client = client("us-east-1");
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void takes_an_event_of_one_second_and_none_longer() throws Exception {
        call(client, 32_000, UnaryOperator.identity()).get(20, TimeUnit.SECONDS);
        assertThat(server.lastStream().bytes()).isEqualTo(32_000);
        assertRefused(call(client, 32_002, UnaryOperator.identity()), "too big");
    }

    @Test
    void refuses_half_a_sample() {
        assertRefused(call(client, 3201, UnaryOperator.identity()), "too big");
    }

    @Test
    void refuses_requests_that_the_api_does_not_describe() {
        assertRefused(call(client, 3200, request -> request.languageCode("english")), "language-code");
        assertRefused(call(client, 3200, request -> request.identifyLanguage(true)), "language-code");
        assertRefused(call(client, 3200, request -> request.mediaSampleRateHertz(8000)), "sample-rate");
        assertRefused(call(client, 3200, request -> request.mediaEncoding("flac")), "media-encoding");
    }

    @Test
    void refuses_another_region() {
        try (TranscribeStreamingAsyncClient elsewhere = client("eu-central-1")) {
            assertRefused(call(elsewhere, 3200, UnaryOperator.identity()), "valid region");
        }
    }

    private static void assertRefused(CompletableFuture<Void> call, String words) {
        assertThatThrownBy(() -> call.get(20, TimeUnit.SECONDS)).hasMessageContaining(words);
    }

    private TranscribeStreamingAsyncClient client(String region) {
        TranscribeServerOptions account = TranscribeServerOptions.defaults();
        return TranscribeStreamingAsyncClient.builder()
                .region(Region.of(region))
                .endpointOverride(server.endpoint())
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(account.accessKey(), account.secretKey())))
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    private static CompletableFuture<Void> call(
            TranscribeStreamingAsyncClient client,
            int eventBytes,
            UnaryOperator<StartStreamTranscriptionRequest.Builder> change) {
        StartStreamTranscriptionRequest.Builder request = StartStreamTranscriptionRequest.builder()
                .languageCode("en-US")
                .mediaEncoding("pcm")
                .mediaSampleRateHertz(16_000)
                .sessionId(UUID.randomUUID().toString());
        AudioStream event = AudioStream.audioEventBuilder()
                .audioChunk(SdkBytes.fromByteArray(new byte[eventBytes]))
                .build();
        StartStreamTranscriptionResponseHandler deaf = StartStreamTranscriptionResponseHandler.builder()
                .subscriber(ignored -> {})
                .build();
        return client.startStreamTranscription(change.apply(request).build(), one(event), deaf);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the outcome is the call's
    private static Publisher<AudioStream> one(AudioStream event) {
        SimplePublisher<AudioStream> events = new SimplePublisher<>();
        events.send(event);
        events.complete();
        return events;
    }
}
