package dev.steno.recognition.amazon;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.steno.recognition.RecognitionRequest;
import dev.steno.transcript.SessionId;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.eventstream.HeaderValue;
import software.amazon.awssdk.eventstream.Message;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.transcribestreaming.TranscribeStreamingAsyncClient;
import software.amazon.awssdk.services.transcribestreaming.model.StartStreamTranscriptionResponseHandler;

/**
 * Runs whole calls of the SDK in this process, without a connection and so without a bill: requests and audio events
 * are signed, and a result is read. The first call of a process loads thousands of classes, which takes seconds of
 * processor time; nobody should wait for that with the first word.
 */
final class TranscribeWarmUp {
    /** Enough for the compiler to take notice of what each event needs. */
    private static final int CALLS = 20;

    private static final byte[] AUDIO = new byte[5 * AudioEventPublisher.EVENT_BYTES];

    private static final String RESULT = """
            {"Transcript":{"Results":[{"ResultId":"1","StartTime":0.1,"EndTime":0.4,"IsPartial":false,"Alternatives":[
            {"Transcript":"Hello.","Items":[{"Content":"Hello","StartTime":0.1,"EndTime":0.4,"Type":"pronunciation",
            "Confidence":0.9}]}]}]}}""";

    private TranscribeWarmUp() {}

    /** Blocks until it is done: for a few seconds on a busy machine. */
    static void run(AwsCredentialsProvider credentials, ScheduledExecutorService scheduler) {
        try (TranscribeStreamingAsyncClient client = TranscribeStreamingAsyncClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .httpClient(new NoConnection())
                .overrideConfiguration(override -> override.scheduledExecutorService(scheduler))
                .asyncConfiguration(async ->
                        async.advancedOption(SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, Runnable::run))
                .build()) {
            for (int i = 0; i < CALLS; i++) {
                call(client);
            }
        }
    }

    private static void call(TranscribeStreamingAsyncClient client) {
        RecognitionRequest request = new RecognitionRequest(SessionId.random(), RecognitionRequest.DEFAULT_LANGUAGE);
        AudioEventPublisher audio = new AudioEventPublisher(() -> {});
        audio.send(ByteBuffer.wrap(AUDIO));
        audio.finish();
        StartStreamTranscriptionResponseHandler answers = StartStreamTranscriptionResponseHandler.builder()
                .onResponse(response -> {})
                .subscriber(event -> TranscribeMapping.results(event).forEach(TranscribeMapping::result))
                .build();
        client.startStreamTranscription(TranscribeMapping.request(request, UUID.randomUUID()), audio, answers)
                .join();
    }

    /** Takes a request and answers it with one result. */
    private static final class NoConnection implements SdkAsyncHttpClient {
        @Override
        public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            request.requestContentPublisher().subscribe(new Subscriber<>() {
                @Override
                public void onSubscribe(Subscription subscription) {
                    subscription.request(Long.MAX_VALUE);
                }

                @Override
                public void onNext(ByteBuffer signed) {}

                @Override
                public void onError(Throwable thrown) {
                    done.completeExceptionally(thrown);
                }

                @Override
                public void onComplete() {
                    answer(request);
                    done.complete(null);
                }
            });
            return done;
        }

        private static void answer(AsyncExecuteRequest request) {
            request.responseHandler()
                    .onHeaders(SdkHttpResponse.builder()
                            .statusCode(200)
                            .putHeader("content-type", "application/vnd.amazon.eventstream")
                            .build());
            request.responseHandler().onStream(SdkPublisher.fromIterable(List.of(result())));
        }

        private static ByteBuffer result() {
            Map<String, HeaderValue> headers = Map.of(
                    ":message-type", HeaderValue.fromString("event"),
                    ":event-type", HeaderValue.fromString("TranscriptEvent"),
                    ":content-type", HeaderValue.fromString("application/json"));
            return new Message(headers, RESULT.getBytes(UTF_8)).toByteBuffer();
        }

        @Override
        public void close() {}
    }
}
