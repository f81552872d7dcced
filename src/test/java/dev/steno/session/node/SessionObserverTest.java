package dev.steno.session.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.recognition.RecognitionFailure;
import dev.steno.session.ClientChannel;
import dev.steno.session.CloseCode;
import dev.steno.session.ErrorCode;
import dev.steno.session.SessionObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What is counted is what happened, once. */
class SessionObserverTest extends SessionFixture {
    private static final byte[] SECOND = new byte[32_000];

    private final Observed observed = new Observed();

    @Override
    SessionObserver observer() {
        return observed;
    }

    @Test
    void hears_of_a_recording_from_start_to_end() {
        RecordedClient client = connect();
        assertThat(observed.all).isEmpty();
        client.session.audio(SECOND);
        tick(Duration.ofSeconds(1));
        client.session.audio(SECOND);
        recognizer.stream().settled("hello", 0, 0.9);
        client.session.stop();
        recognizer.stream().listener.onCompleted();
        assertThat(client.closed()).isEqualTo(CloseCode.NORMAL);
        assertThat(observed.all)
                .filteredOn(event -> !event.startsWith("audio"))
                .containsExactly("started", "final 1.0", "ended SAVED");
        assertThat(observed.bytes).isEqualTo(64_000);
        assertThat(observed.all).last().isEqualTo("ended SAVED");
    }

    @Test
    void measures_from_the_end_of_what_was_said_to_its_result() {
        RecordedClient client = connect();
        client.session.audio(SECOND);
        tick(Duration.ofMillis(700));
        client.session.audio(SECOND);
        tick(Duration.ofMillis(200));
        recognizer.stream().partial("one", 0, 0.8);
        recognizer.stream().partial("one two", 0, 1.7);
        tick(Duration.ofMillis(600));
        recognizer.stream().settled("one two", 0, 1.8);
        assertThat(observed.all).containsSubsequence("partial 0.9", "partial 0.2", "final 0.8");
    }

    @Test
    void hears_what_became_of_a_recording_without_words() {
        RecordedClient silent = connect();
        silent.session.audio(SECOND);
        silent.session.stop();
        recognizer.stream().listener.onCompleted();
        assertThat(observed.all).containsSubsequence("problem NO_SPEECH", "ended NO_SPEECH");

        connect().session.audio(SECOND);
        recognizer.stream().listener.onFailed(failure(false));
        assertThat(observed.all)
                .containsSubsequence("fault FAILED false", "problem RECOGNIZER_UNAVAILABLE", "ended FAILED");
    }

    @Test
    void hears_of_a_stream_that_is_replaced() {
        connect().session.audio(SECOND);
        recognizer.stream().listener.onFailed(failure(true));
        assertThat(observed.all).containsExactly("started", "fault FAILED true");
    }

    @Test
    void hears_of_a_transcript_that_waits() {
        archive.broken = true;
        RecordedClient client = connect();
        client.session.audio(SECOND);
        recognizer.stream().settled("hello", 0, 0.9);
        client.session.stop();
        recognizer.stream().listener.onCompleted();
        client.closed();
        assertThat(observed.all).containsSubsequence("problem ARCHIVE_DELAYED", "ended ARCHIVE_DELAYED");
        assertThat(archive.queue.status().failures()).isPositive();
        assertThat(archive.queue.status().oldest()).isPresent();
    }

    @Test
    void hears_once_of_a_problem_that_a_client_is_told_again_when_it_comes_back() {
        RecordedClient client = connect();
        client.session.audio(SECOND);
        client.session.audio(new byte[3]);
        client.session.lost();
        recognizer.stream().listener.onFailed(failure(false));
        RecordedClient again = new RecordedClient(
                channel -> sessions.resume(channel, null, client.token(), 0, 0).orElseThrow());
        again.problem(ErrorCode.RECOGNIZER_UNAVAILABLE);
        assertThat(observed.all)
                .filteredOn(event -> event.startsWith("problem"))
                .containsExactly("problem BAD_AUDIO", "problem RECOGNIZER_UNAVAILABLE");
    }

    @Test
    void hears_of_a_resume_that_finds_nothing() {
        assertThat(sessions.resume(connectionless(), null, "nonsense", 0, 0)).isEmpty();
        assertThat(observed.all).containsExactly("problem SESSION_EXPIRED");
    }

    private static ClientChannel connectionless() {
        return new RecordedClient(channel -> null);
    }

    private static RecognitionFailure failure(boolean retryable) {
        return new RecognitionFailure(RecognitionFailure.Kind.FAILED, retryable, "It broke.", "Try again.");
    }

    private static final class Observed implements SessionObserver {
        private final List<String> all = new ArrayList<>();
        private long bytes;

        @Override
        public void onStarted() {
            add("started");
        }

        @Override
        public void onAudio(long bytes) {
            this.bytes += bytes;
            add("audio " + bytes);
        }

        @Override
        public void onDropped(double seconds) {
            add("dropped " + seconds);
        }

        @Override
        public void onResult(String engine, boolean isFinal, double delaySeconds) {
            add(String.format(Locale.ROOT, "%s %.1f", isFinal ? "final" : "partial", delaySeconds));
        }

        @Override
        public void onFault(String engine, RecognitionFailure.Kind kind, boolean retried) {
            add("fault " + kind + " " + retried);
        }

        @Override
        public void onProblem(ErrorCode code) {
            add("problem " + code);
        }

        @Override
        public void onEnded(Outcome outcome) {
            add("ended " + outcome);
        }

        private synchronized void add(String event) { // the archive answers on a thread of its own
            all.add(event);
        }
    }
}
