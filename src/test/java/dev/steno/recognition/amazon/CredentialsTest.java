package dev.steno.recognition.amazon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.configuration.Settings;
import dev.steno.recognition.RecognitionRequest;
import dev.steno.recognition.RecognitionStream;
import dev.steno.recognition.RecognizerStatus.State;
import dev.steno.recognition.StreamLimits;
import dev.steno.testing.Wait;
import dev.steno.transcript.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.transcribestreaming.TranscribeStreamingAsyncClient;

class CredentialsTest {
    private static final AwsCredentialsProvider NONE = () -> {
        throw SdkClientException.create("Unable to load credentials");
    };

    private final Queue<Runnable> background = new ArrayDeque<>();
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1);

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void are_looked_up_in_the_background_and_once_for_many_probes() {
        AtomicInteger lookUps = new AtomicInteger();
        CredentialsCheck check = new CredentialsCheck(
                () -> {
                    lookUps.incrementAndGet();
                    return AwsBasicCredentials.create("id", "secret");
                },
                background::add);
        assertThat(check.status().state()).isEqualTo(State.LOADING);
        assertThat(lookUps).hasValue(0);
        background.remove().run();
        assertThat(check.status().state()).isEqualTo(State.READY);
        assertThat(background).isEmpty();
        assertThat(lookUps).hasValue(1);
    }

    @Test
    void make_the_recogniser_unavailable_when_there_are_none() {
        CredentialsCheck check = new CredentialsCheck(NONE, Runnable::run);
        check.status();
        assertThat(check.status().state()).isEqualTo(State.UNAVAILABLE);
        assertThat(check.status().detail()).contains("AWS_ACCESS_KEY_ID");
    }

    @Test
    void fail_a_stream_before_the_client_is_touched_when_there_are_none() throws Exception {
        HeardResults heard = new HeardResults();
        AmazonTranscribeRecognizer recognizer = recognizer(NONE);
        open(recognizer, heard);
        assertThat(heard.awaitEnd()).isEqualTo(TranscribeFailures.NO_CREDENTIALS);
        assertThat(recognizer.freeStreams()).isEqualTo(recognizer.streamLimit());
    }

    @Test
    void bring_the_change_of_streams_forward_when_they_expire() throws Exception {
        Instant expiry = Instant.now().plus(Duration.ofMinutes(30));
        AmazonTranscribeRecognizer recognizer = recognizer(() -> AwsSessionCredentials.builder()
                .accessKeyId("id")
                .secretAccessKey("secret")
                .sessionToken("token")
                .expirationTime(expiry)
                .build());
        HeardResults heard = new HeardResults();
        RecognitionStream stream = open(recognizer, heard);
        assertThat(heard.awaitEnd()).as("there is no client here").isNotNull();
        assertThat(stream.replaceBy()).isEqualTo(expiry.minus(Duration.ofMinutes(2)));
    }

    /** A warm-up runs whole calls, without any network. */
    @Test
    void are_used_to_sign_before_the_recogniser_says_that_it_is_ready() {
        AtomicInteger lookUps = new AtomicInteger();
        AmazonTranscribeRecognizer recognizer = recognizer(() -> {
            lookUps.incrementAndGet();
            return AwsBasicCredentials.create("id", "secret");
        });
        recognizer.warmUp();
        assertThat(recognizer.status().state()).isEqualTo(State.LOADING);
        Wait.until(
                Duration.ofMinutes(1),
                () -> recognizer.status().detail(),
                () -> recognizer.status().state() == State.READY);
        assertThat(lookUps).hasValueGreaterThan(10);
    }

    @Test
    void end_the_warm_up_when_there_are_none() {
        AmazonTranscribeRecognizer recognizer = recognizer(NONE);
        recognizer.warmUp();
        Wait.until(
                Duration.ofMinutes(1),
                () -> recognizer.status().detail(),
                () -> recognizer.status().state() == State.UNAVAILABLE);
    }

    /** A class whose initialiser failed once fails for ever: every recording of this process would. */
    @Test
    void leave_a_recogniser_unavailable_whose_sdk_cannot_be_loaded() {
        AmazonTranscribeRecognizer recognizer = recognizer(() -> {
            throw new NoClassDefFoundError("Could not initialize class");
        });
        recognizer.warmUp();
        Wait.until(
                Duration.ofMinutes(1),
                () -> recognizer.status().detail(),
                () -> recognizer.status().state() == State.UNAVAILABLE);
        assertThat(recognizer.status().detail()).contains("Restart the server");
    }

    private AmazonTranscribeRecognizer recognizer(AwsCredentialsProvider credentials) {
        StreamLimits limits = new StreamLimits(new Settings(key -> Optional.empty()));
        TranscribeStreamingAsyncClient noClient = new TranscribeStreamingAsyncClient() {
            @Override
            public String serviceName() {
                return "none";
            }

            @Override
            public void close() {}
        };
        return new AmazonTranscribeRecognizer(noClient, credentials, limits, executor);
    }

    private static RecognitionStream open(AmazonTranscribeRecognizer recognizer, HeardResults heard) throws Exception {
        return recognizer.open(new RecognitionRequest(SessionId.random(), "en-US"), heard);
    }
}
