package dev.steno.session.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.caller.Caller;
import dev.steno.session.CloseCode;
import dev.steno.session.ErrorCode;
import dev.steno.testing.FakeRecognizer;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A caller whose own lost recordings hold all places gets one back. */
class PlacesTest extends SessionFixture {
    private static final Caller ALICE = new Caller("alice", "");
    private static final Caller BOB = new Caller("bob", "");

    private Caller caller = ALICE;

    @Override
    Caller caller() {
        return caller;
    }

    @BeforeEach
    void onePlace() {
        settings.put("SESSION_LIMIT", "1");
        sessions = sessions();
    }

    @Test
    void ends_the_lost_recording_of_the_same_caller_and_loses_no_audio_meanwhile() {
        RecordedClient reloaded = recording();
        FakeRecognizer.FakeStream old = recognizer.stream();
        old.settled("before", 0, 0.1);
        reloaded.session.lost();
        RecordedClient again = recording();
        again.session.audio(CHUNK);
        assertThat(again.open()).isTrue();
        assertThat(old.finished).isTrue();
        old.listener.onCompleted();
        tick(Duration.ofMillis(300));
        assertThat(recognizer.streams).hasSize(2);
        assertThat(recognizer.stream().received()).hasSize(2 * 3_200);
        assertThat(archive.stored).hasSize(1);
        recognizer.stream().settled("after", 0, 0.2);
        again.session.stop();
        recognizer.stream().listener.onCompleted();
        assertThat(again.closed()).isEqualTo(CloseCode.NORMAL);
        assertThat(archive.stored).hasSize(2);
        assertThat(sessions.description().recordings()).isZero();
    }

    @Test
    void stops_after_the_place_came() {
        RecordedClient reloaded = recording();
        FakeRecognizer.FakeStream old = recognizer.stream();
        reloaded.session.lost();
        RecordedClient again = recording();
        again.session.stop();
        assertThat(again.open()).isTrue();
        old.listener.onCompleted();
        tick(Duration.ofMillis(300));
        assertThat(recognizer.stream().received()).hasSize(3_200);
        assertThat(recognizer.stream().finished).isTrue();
    }

    @Test
    void leaves_recordings_alone_whose_client_is_there() {
        RecordedClient first = recording();
        RecordedClient second = recording();
        second.problem(ErrorCode.BUSY);
        assertThat(second.closed()).isEqualTo(CloseCode.TRY_AGAIN_LATER);
        assertThat(first.open()).isTrue();
    }

    @Test
    void leaves_lost_recordings_of_others_alone() {
        RecordedClient lost = recording();
        lost.session.lost();
        caller = BOB;
        assertThat(recording().closed()).isEqualTo(CloseCode.TRY_AGAIN_LATER);
        assertThat(recognizer.stream().finished).isFalse();
    }

    @Test
    void gives_up_when_the_place_does_not_come() {
        RecordedClient lost = recording();
        lost.session.lost();
        RecordedClient again = recording();
        for (int i = 0; i < 40; i++) {
            tick(Duration.ofMillis(500));
        }
        again.problem(ErrorCode.BUSY);
        assertThat(again.closed()).isEqualTo(CloseCode.TRY_AGAIN_LATER);
    }
}
