package dev.steno.session.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.caller.Caller;
import dev.steno.recognition.RecognitionFailure;
import dev.steno.session.ClientChannel;
import dev.steno.session.CloseCode;
import dev.steno.session.ErrorCode;
import dev.steno.session.SessionEvent;
import dev.steno.session.upstream.LossReason;
import dev.steno.session.upstream.UpstreamState;
import dev.steno.testing.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A recording outlives its process. */
class RestoredRecordingTest extends SessionFixture {
    private static final Caller ALICE = new Caller("alice", "");
    private static final Duration WINDOW = Duration.ofMinutes(5);

    @Override
    Caller caller() {
        return ALICE;
    }

    @Test
    void goes_on_in_the_same_recording_after_a_crash() {
        RecordedClient first = connect();
        first.session.start(Map.of("language_code", "de-DE"));
        say(first, 10);
        recognizer.stream().settled("eins", 0, 0.6);
        killAndRestart(WINDOW);

        RecordedClient second = resume(first, 1, 0);

        SessionEvent.Connected connected = second.connected();
        assertThat(connected.sessionId()).isEqualTo(first.connected().sessionId());
        assertThat(connected.resumedAt()).hasValue(19_200);
        assertThat(connected.restored()).isTrue();
        assertThat(second.next()).isEqualTo(new SessionEvent.Status(UpstreamState.PAUSED, "sphinx", "de-DE"));
        assertThat(sessions.description().recordings()).isEqualTo(1);
        say(second, 4);
        assertThat(recognizer.stream().request.languageCode()).isEqualTo("de-DE");
        recognizer.stream().partial("zw", 0, 0.2);
        assertThat(second.events()).contains(new SessionEvent.Partial(1, "zw", 0.6, 0.8));
        recognizer.stream().settled("zwei", 0, 0.4);
        second.session.stop();
        recognizer.stream().listener.onCompleted();
        assertThat(second.closed()).isEqualTo(CloseCode.NORMAL);
        assertThat(second.finals()).containsExactly(1);
        assertThat(stored()).containsExactly("eins\nzwei\n");
        assertThat(second.events().get(second.events().size() - 1))
                .isEqualTo(new SessionEvent.Saved(
                        "20241215_143022.txt", connected.sessionId(), "/memory/20241215_143022.txt", 1.0));
        assertThat(journals()).isEmpty();
    }

    @Test
    void waits_until_the_engine_has_a_place_for_it() {
        RecordedClient first = recording();
        recognizer.stream().settled("one", 0, 0.1);
        killAndRestart(WINDOW);
        RecordedClient second = resume(first, 1, 0);
        recognizer.refusal = new RecognitionFailure(
                RecognitionFailure.Kind.LIMIT_EXCEEDED, true, "The dead process still has all places.", "Wait.");
        for (int i = 0; i < 6; i++) {
            say(second, 1);
            tick(Duration.ofSeconds(4));
        }
        recognizer.refusal = null;
        tick(Duration.ofSeconds(4));
        recognizer.stream().settled("two", 0, 0.1);
        assertThat(second.finals()).containsExactly(1);
        assertThat(second.events()).noneMatch(SessionEvent.Problem.class::isInstance);
    }

    @Test
    void survives_one_crash_after_the_other() {
        RecordedClient client = recording();
        recognizer.stream().settled("one", 0, 0.1);
        for (int crash = 1; crash <= 3; crash++) {
            killAndRestart(WINDOW);
            client = resume(client, crash, 0);
            assertThat(client.connected().resumedAt()).hasValue(crash * 3_200L);
            say(client, 1);
            recognizer.stream().settled("one more", 0, 0.1);
            assertThat(client.finals()).containsExactly(crash);
        }
        client.session.stop();
        recognizer.stream().listener.onCompleted();
        assertThat(stored()).containsExactly("one\none more\none more\none more\n");
    }

    @Test
    void sends_the_finals_that_the_client_missed() {
        RecordedClient first = recording();
        recognizer.stream().settled("one", 0, 0.05);
        recognizer.stream().settled("two", 0.05, 0.1);
        killAndRestart(WINDOW);
        assertThat(resume(first, 0, 0).finals()).containsExactly(0, 1);
    }

    @Test
    void begins_at_the_beginning_when_nothing_was_final_yet() {
        RecordedClient first = recording();
        killAndRestart(WINDOW);
        RecordedClient second = resume(first, 0, 0);
        assertThat(second.connected().sessionId()).isEqualTo(first.connected().sessionId());
        assertThat(second.events()).contains(new SessionEvent.Status(UpstreamState.PAUSED, "sphinx", "en-US"));
    }

    @Test
    void tells_what_the_client_did_not_keep() {
        RecordedClient first = recording();
        recognizer.stream().settled("one", 0, 0.1);
        killAndRestart(WINDOW);
        RecordedClient second = resume(first, 1, 32_000);
        assertThat(second.connected().resumedAt()).hasValue(32_000);
        assertThat(second.events())
                .contains(new SessionEvent.AudioDropped(UpstreamState.PAUSED, 0.1, 1.0, LossReason.NOT_KEPT));
        say(second, 1);
        recognizer.stream().settled("two", 0, 0.1);
        assertThat(second.events()).contains(new SessionEvent.Progress(35_200, 35_200));
    }

    @Test
    void leaves_it_to_its_owner_when_somebody_else_has_the_token() {
        RecordedClient first = recording();
        killAndRestart(WINDOW);
        RecordedClient thief = resumeAs(new Caller("mallory", ""), first, 0);
        assertThat(thief.closed()).isEqualTo(CloseCode.POLICY);
        thief.problem(ErrorCode.SESSION_EXPIRED);
        assertThat(resume(first, 0, 0).connected().sessionId())
                .isEqualTo(first.connected().sessionId());
    }

    @Test
    void takes_no_token_that_was_replaced_before_the_crash() {
        RecordedClient first = recording();
        RecordedClient second = resume(first, 0, 0);
        say(second, 1);
        killAndRestart(WINDOW);
        assertThat(resume(first, 0, 0).closed()).isEqualTo(CloseCode.POLICY);
        assertThat(resume(second, 0, 0).open()).isTrue();
    }

    @Test
    void takes_the_token_of_a_resume_whose_client_sent_nothing_yet() {
        RecordedClient first = recording();
        RecordedClient second = resume(first, 0, 0);
        killAndRestart(WINDOW);
        RecordedClient third = resume(second, 0, 0);
        assertThat(third.open()).isTrue();
        assertThat(resume(first, 0, 0).open()).isTrue();
    }

    @Test
    void archives_it_when_the_client_does_not_return() {
        RecordedClient client = recording();
        recognizer.stream().settled("kept", 0, 0.05);
        killAndRestart(Duration.ofMillis(50));
        sessions.resume(new Deaf(), ALICE, "another", 0, 0); // makes it look
        Wait.until(Duration.ofSeconds(10), () -> "the transcript", () -> !stored().isEmpty());
        assertThat(stored()).containsExactly("kept\n");
        assertThat(resume(client, 0, 0).closed()).isEqualTo(CloseCode.POLICY);
        assertThat(journals()).isEmpty();
    }

    @Test
    void stores_what_was_stopped_already_and_tells_the_client() {
        archive.broken = true;
        RecordedClient first = recording();
        recognizer.stream().settled("one", 0, 0.1);
        first.session.stop();
        recognizer.stream().listener.onCompleted();
        killAndRestart(WINDOW);
        RecordedClient second = resume(first, 0, 0);
        assertThat(second.closed()).isEqualTo(CloseCode.NORMAL);
        assertThat(second.connected().resumedAt()).hasValue(3_200);
        assertThat(second.finals()).containsExactly(0);
        assertThat(second.events()).anyMatch(SessionEvent.Saved.class::isInstance);
        assertThat(stored()).containsExactly("one\n");
        assertThat(sessions.description().recordings()).isZero();
    }

    @Test
    void is_handed_over_when_the_server_restarts() {
        settings.put("SESSION_DRAIN", "hand-over");
        sessions = sessions();
        RecordedClient first = recording();
        recognizer.stream().partial("on", 0, 0.1);
        RecordedClient waiting = connect();
        Thread drain = new Thread(sessions::drain);
        drain.start();
        Wait.until(Duration.ofSeconds(10), () -> "the end of the stream", () -> recognizer.stream().finished);
        recognizer.stream().settled("one", 0, 0.1);
        recognizer.stream().listener.onCompleted();
        assertThat(first.closed()).isEqualTo(CloseCode.SERVICE_RESTART);
        assertThat(waiting.closed()).isEqualTo(CloseCode.SERVICE_RESTART);
        assertThat(first.events()).noneMatch(SessionEvent.Saved.class::isInstance);
        assertThat(first.events()).contains(new SessionEvent.Progress(3_200, 3_200));
        assertThat(resume(waiting, 0, 0).closed()).isEqualTo(CloseCode.SERVICE_RESTART);
        assertThat(stored()).isEmpty();
        killAndRestart(WINDOW);
        RecordedClient second = resume(first, 1, 0);
        assertThat(second.connected().resumedAt()).hasValue(3_200);
        say(second, 1);
        recognizer.stream().settled("two", 0, 0.1);
        second.session.stop();
        recognizer.stream().listener.onCompleted();
        assertThat(stored()).containsExactly("one\ntwo\n");
    }

    @Test
    void sends_nothing_twice_when_the_time_for_the_hand_over_runs_out() throws InterruptedException {
        settings.put("SESSION_DRAIN", "hand-over");
        sessions = sessions();
        RecordedClient first = recording();
        recognizer.stream().partial("on", 0, 0.1);
        Thread drain = new Thread(sessions::drain);
        drain.start();
        Wait.until(Duration.ofSeconds(10), () -> "the end of the stream", () -> recognizer.stream().finished);
        tick(Duration.ofSeconds(15));
        assertThat(first.closed()).isEqualTo(CloseCode.SERVICE_RESTART);
        drain.join();
        assertThat(first.finals()).isEmpty();
        assertThat(first.events()).noneMatch(SessionEvent.AudioDropped.class::isInstance);
        killAndRestart(WINDOW);
        RecordedClient second = resume(first, 0, 0);
        assertThat(second.connected().resumedAt()).hasValue(0);
    }

    private void say(RecordedClient client, int chunks) {
        for (int i = 0; i < chunks; i++) {
            client.session.audio(CHUNK);
        }
    }

    private RecordedClient resume(RecordedClient lost, int held, long from) {
        return new RecordedClient(channel ->
                sessions.resume(channel, ALICE, lost.token(), held, from).orElse(null));
    }

    private RecordedClient resumeAs(Caller caller, RecordedClient lost, int held) {
        return new RecordedClient(channel ->
                sessions.resume(channel, caller, lost.token(), held, 0).orElse(null));
    }

    private List<String> stored() {
        return archive.stored.stream()
                .map(documents -> documents.documents().get(0).content())
                .toList();
    }

    private List<Path> journals() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".journal")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Deaf implements ClientChannel {
        @Override
        public void send(SessionEvent event) {}

        @Override
        public void close(CloseCode code, String reason) {}

        @Override
        public void keepAlive() {}

        @Override
        public void giveUpIfStuck() {}
    }
}
