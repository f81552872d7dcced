package dev.steno.session.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.recognition.RecognitionFailure;
import dev.steno.session.CloseCode;
import dev.steno.session.ErrorCode;
import dev.steno.session.RecordingListener;
import dev.steno.session.SessionEvent;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever throws, and be it an Error: the place is given back, the client is told, and what was final is stored. */
class ThrownErrorsTest extends SessionFixture {
    private boolean atEvents;
    private boolean atEnd;

    @Override
    RecordingListener listener() {
        return new RecordingListener() {
            @Override
            public void onEvent(Description recording, SessionEvent event) {
                if (atEvents) {
                    atEvents = false;
                    throw new StackOverflowError("on purpose");
                }
            }

            @Override
            public void onEnded(Description recording, Ending ending) {
                if (atEnd) {
                    throw new OutOfMemoryError("on purpose");
                }
            }
        };
    }

    @Test
    void gives_the_place_back_when_a_listener_throws_at_the_end() {
        atEnd = true;
        RecordedClient client = recording();
        recognizer.stream().settled("one", 0, 0.1);
        client.session.stop();
        recognizer.stream().listener.onCompleted();
        assertThat(client.closed()).isEqualTo(CloseCode.NORMAL);
        assertThat(client.events()).anyMatch(SessionEvent.Saved.class::isInstance);
        assertThat(sessions.description().recordings()).isZero();
    }

    @Test
    void ends_and_stores_a_recording_whose_listener_throws_at_a_final() {
        RecordedClient client = recording();
        atEvents = true;
        recognizer.stream().settled("one", 0, 0.1);
        recognizer.stream().listener.onCompleted();
        client.problem(ErrorCode.RECOGNIZER_FAILED);
        assertThat(client.closed()).isEqualTo(CloseCode.SERVER_ERROR);
        assertThat(archive.stored.get(0).documents().get(0).content()).isEqualTo("one\n");
        assertThat(sessions.description().recordings()).isZero();
    }

    @Test
    void closes_a_connection_whose_session_fails_before_it_records() {
        RecordedClient client = connect();
        recognizer.thrown = new LinkageError("on purpose");
        client.session.start(Map.of());
        assertThat(client.closed()).isEqualTo(CloseCode.SERVER_ERROR);
        recognizer.thrown = null;
        assertThat(sessions.description().recordings()).isZero();
    }

    @Test
    void survives_a_connection_that_throws() {
        RecordedClient client = connect();
        client.fault = new OutOfMemoryError("on purpose");
        client.session.audio(CHUNK);
        recognizer.stream().settled("one", 0, 0.1);
        recognizer.stream().listener.onCompleted();
        for (int i = 0; i < 400 && sessions.description().recordings() > 0; i++) {
            tick(Duration.ofMillis(500));
            if (!recognizer.streams.isEmpty()) {
                recognizer.stream().listener.onCompleted();
            }
        }
        assertThat(sessions.description().recordings()).isZero();
        assertThat(archive.stored).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void tells_and_ends_when_the_engine_throws_at_its_start() {
        recognizer.refusal =
                new RecognitionFailure(RecognitionFailure.Kind.UNAVAILABLE, false, "No engine.", "Start one.");
        RecordedClient client = recording();
        client.problem(ErrorCode.RECOGNIZER_UNAVAILABLE);
        assertThat(client.closed()).isEqualTo(CloseCode.SERVER_ERROR);
        assertThat(sessions.description().recordings()).isZero();
    }
}
