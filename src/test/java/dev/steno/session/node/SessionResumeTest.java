package dev.steno.session.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.caller.Caller;
import dev.steno.session.ClientChannel;
import dev.steno.session.CloseCode;
import dev.steno.session.ErrorCode;
import dev.steno.session.SessionConnection;
import dev.steno.session.SessionEvent;
import dev.steno.session.upstream.UpstreamState;
import dev.steno.testing.FakeRecognizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionResumeTest extends SessionFixture {
    private static final Caller ALICE = new Caller("alice", "");
    private static final Duration WINDOW = Duration.ofSeconds(30);

    @Override
    Caller caller() {
        return ALICE;
    }

    @Test
    void goes_on_where_the_client_was_lost() {
        RecordedClient first = recording();
        recognizer.stream().settled("one", 0, 0.05);
        recognizer.stream().partial("tw", 0.05, 0.1);
        first.session.lost();
        RecordedClient second = resume(first.token(), 1);
        SessionEvent.Connected connected = second.connected();
        assertThat(connected.resumedAt()).hasValue(3_200);
        assertThat(connected.sessionId()).isEqualTo(first.session.sessionId());
        assertThat(connected.resumeToken()).isNotEqualTo(first.token());
        assertThat(second.next()).isEqualTo(new SessionEvent.Status(UpstreamState.STREAMING, "sphinx", "en-US"));
        assertThat(second.next()).isEqualTo(new SessionEvent.Partial(1, "tw", 0.05, 0.1));
        second.session.audio(CHUNK);
        assertThat(recognizer.streams).hasSize(1);
        assertThat(recognizer.stream().received()).hasSize(6_400);
        recognizer.stream().settled("two", 0.05, 0.2);
        second.session.stop();
        recognizer.stream().listener.onCompleted();
        assertThat(second.closed()).isEqualTo(CloseCode.NORMAL);
        assertThat(second.finals()).containsExactly(1);
        assertThat(stored()).isEqualTo("one\ntwo\n");
    }

    @Test
    void sends_the_finals_that_the_client_missed_and_does_not_repeat_a_stale_partial() {
        RecordedClient first = recording();
        recognizer.stream().partial("on", 0, 0.02);
        first.session.lost();
        recognizer.stream().settled("one", 0, 0.05);
        recognizer.stream().settled("two", 0.05, 0.1);
        RecordedClient second = resume(first.token(), 0);
        assertThat(second.finals()).containsExactly(0, 1);
        assertThat(second.events()).noneMatch(SessionEvent.Partial.class::isInstance);
        assertThat(resume(second.token(), 1).finals()).containsExactly(1);
        assertThat(resume(second.token(), 99).finals()).isEmpty();
    }

    @Test
    void counts_the_bad_messages_of_each_connection() {
        RecordedClient client = recording();
        for (int i = 0; i < 19; i++) {
            client.session.refuse(ErrorCode.BAD_MESSAGE, "No.");
        }
        RecordedClient again = resume(client.token(), 0);
        again.session.refuse(ErrorCode.BAD_MESSAGE, "No.");
        assertThat(again.problem(ErrorCode.BAD_MESSAGE).fatal()).isFalse();
    }

    @Test
    void drops_frames_of_an_older_connection_and_tells_it() {
        RecordedClient first = recording();
        RecordedClient second = resume(first.token(), 0);
        assertThat(first.problem(ErrorCode.SESSION_EXPIRED).message()).contains("another connection");
        assertThat(first.closed()).isEqualTo(CloseCode.POLICY);
        first.session.audio(CHUNK);
        first.session.stop();
        first.session.closed();
        second.session.audio(CHUNK);
        assertThat(recognizer.stream().received()).hasSize(6_400);
        assertThat(second.open()).isTrue();
    }

    @Test
    void takes_the_old_token_until_a_frame_comes_over_the_new_connection() {
        RecordedClient first = recording();
        RecordedClient second = resume(first.token(), 0);
        RecordedClient third = resume(first.token(), 0);
        assertThat(third.connected().resumedAt()).isPresent();
        third.session.audio(CHUNK);
        assertExpired(resume(first.token(), 0));
        assertExpired(resume(second.token(), 0));
        assertThat(resume(third.token(), 0).connected().resumedAt()).hasValue(6_400);
    }

    @Test
    void keeps_the_first_and_the_newest_of_many_unused_tokens() {
        RecordedClient first = recording();
        RecordedClient second = resume(first.token(), 0);
        RecordedClient last = second;
        for (int i = 0; i < 20; i++) {
            last = resume(first.token(), 0);
        }
        assertExpired(resume(second.token(), 0));
        assertThat(resume(last.token(), 0).connected().resumedAt()).isPresent();
    }

    @Test
    void keeps_a_token_good_while_the_client_may_not_have_seen_the_next_one() {
        RecordedClient first = recording();
        first.session.lost();
        resume(first.token(), 0).session.lost(); // before its first message came through
        assertThat(resume(first.token(), 0).connected().resumedAt()).hasValue(3_200);
    }

    @Test
    void refuses_a_token_of_somebody_else_and_one_that_never_was() {
        RecordedClient first = recording();
        assertExpired(
                new RecordedClient(channel -> sessions.resume(channel, new Caller("mallory", ""), first.token(), 0, 0)
                        .orElse(null)));
        assertExpired(resume("", 0));
        first.session.audio(CHUNK);
        assertThat(recognizer.stream().received()).hasSize(6_400);
        assertThat(first.open()).isTrue();
    }

    @Test
    void does_not_print_the_token() {
        RecordedClient client = recording();
        assertThat(client.events().get(0).toString()).doesNotContain(client.token());
    }

    @Test
    void resumes_before_anything_was_said() {
        RecordedClient first = connect();
        first.session.lost();
        RecordedClient second = resume(first.token(), 0);
        assertThat(second.connected().resumedAt()).hasValue(0);
        second.session.audio(CHUNK);
        assertThat(recognizer.stream().received()).hasSize(3_200);
    }

    @Test
    void ends_as_by_stop_when_the_client_does_not_come_back() {
        RecordedClient client = recording();
        recognizer.stream().settled("kept", 0, 0.1);
        client.session.lost();
        tick(WINDOW.minusMillis(500));
        assertThat(sessions.description().recordings()).isEqualTo(1);
        recognizer.stream().listener.onCompleted(); // of the stream that was suspended
        tick(Duration.ofMillis(500));
        recognizer.stream().listener.onCompleted();
        assertThat(stored()).isEqualTo("kept\n");
        assertThat(sessions.description().recordings()).isZero();
    }

    @Test
    void ends_at_once_where_there_is_no_window() {
        settings.put("SESSION_RESUME_WINDOW", "PT0S");
        sessions = sessions();
        RecordedClient client = recording();
        recognizer.stream().settled("kept", 0, 0.1);
        client.session.lost();
        assertThat(recognizer.stream().finished).isTrue();
    }

    @Test
    void forgets_a_client_that_was_lost_before_it_recorded() {
        RecordedClient client = connect();
        client.session.lost();
        tick(WINDOW);
        assertExpired(resume(client.token(), 0));
    }

    @Test
    void tells_the_end_to_a_client_that_was_lost_between_stop_and_saved() {
        RecordedClient first = recording();
        recognizer.stream().settled("one", 0, 0.05);
        first.session.stop();
        first.session.lost();
        RecordedClient second = resume(first.token(), 1);
        assertThat(second.events()).contains(new SessionEvent.Status(UpstreamState.STOPPING, "sphinx", "en-US"));
        second.session.audio(CHUNK);
        second.session.stop();
        recognizer.stream().settled("two", 0.05, 0.1);
        recognizer.stream().listener.onCompleted();
        assertThat(second.closed()).isEqualTo(CloseCode.NORMAL);
        assertThat(second.finals()).containsExactly(1);
        assertThat(second.events()).anyMatch(SessionEvent.Saved.class::isInstance);
        assertThat(recognizer.stream().received()).hasSize(3_200);
    }

    @Test
    void replays_the_end_within_the_window_and_forgets_it_then() {
        RecordedClient first = recording();
        recognizer.stream().settled("one", 0, 0.05);
        first.session.stop();
        first.session.lost();
        recognizer.stream().listener.onCompleted();
        tick(WINDOW.minusMillis(1));
        RecordedClient second = resume(first.token(), 0);
        assertThat(second.closed()).isEqualTo(CloseCode.NORMAL);
        assertThat(second.connected().resumedAt()).hasValue(3_200);
        assertThat(second.finals()).containsExactly(0);
        assertThat(second.events())
                .filteredOn(SessionEvent.Saved.class::isInstance)
                .hasSize(1);
        tick(Duration.ofMillis(1));
        assertExpired(resume(second.token(), 0));
        assertExpired(resume(first.token(), 0));
    }

    @Test
    void does_not_wait_long_for_a_disk_that_hangs() {
        RecordedClient first = recording();
        archive.diskHangs = true;
        first.session.lost();
        RecordedClient second = resume(first.token(), 0);
        assertThat(second.events()).isEmpty();
        tick(Duration.ofSeconds(1));
        tick(Duration.ofSeconds(1));
        assertThat(second.connected().resumedAt()).hasValue(3_200);
        archive.waitingForDisk.forEach(Runnable::run);
        assertThat(second.events())
                .filteredOn(SessionEvent.Connected.class::isInstance)
                .hasSize(1);
    }

    /** Hours of finals, and a connection that takes a few at a time. */
    @Test
    void sends_thousands_of_finals_as_the_client_reads_them() {
        RecordedClient first = recording();
        for (int i = 0; i < 600; i++) {
            recognizer.stream().settled("final " + i, i / 1e6, i / 1e6);
        }
        first.session.lost();
        SlowClient slow = new SlowClient();
        SessionConnection session =
                sessions.resume(slow, ALICE, first.token(), 0, 0).orElseThrow();
        assertThat(slow.waiting).hasSizeLessThan(100);
        recognizer.stream().settled("while it reads", 0.06, 0.07);
        assertThat(slow.waiting).hasSizeLessThan(100);
        slow.readAll();
        assertThat(slow.finals).hasSize(601);
        for (int i = 0; i < 601; i++) {
            assertThat(slow.finals.get(i)).isEqualTo(i);
        }
        session.stop();
        recognizer.stream().listener.onCompleted();
        slow.readAll();
        assertThat(slow.closed).isEqualTo(CloseCode.NORMAL);

        SlowClient afterTheEnd = new SlowClient();
        assertThat(sessions.resume(afterTheEnd, ALICE, slow.token, 200, 0)).isPresent();
        assertThat(afterTheEnd.closed).isNull();
        afterTheEnd.readAll();
        assertThat(afterTheEnd.finals).hasSize(401);
        assertThat(afterTheEnd.finals.get(0)).isEqualTo(200);
        assertThat(afterTheEnd.closed).isEqualTo(CloseCode.NORMAL);
        tick(WINDOW);
        assertThat(folder.toFile().listFiles((parent, name) -> name.startsWith("process-") && !name.endsWith(".lock")))
                .singleElement()
                .satisfies(process -> assertThat(process).isEmptyDirectory());
    }

    /** Takes what it is given when the test says so. */
    private static final class SlowClient implements ClientChannel {
        final List<SessionEvent> waiting = new ArrayList<>();
        final List<Integer> finals = new ArrayList<>();
        CloseCode closed;
        String token;
        private Runnable onRoom = () -> {};

        void readAll() {
            while (!waiting.isEmpty()) {
                waiting.forEach(event -> {
                    if (event instanceof SessionEvent.Final shown) {
                        finals.add(shown.segment().number());
                    }
                });
                waiting.clear();
                onRoom.run();
            }
        }

        @Override
        public void send(SessionEvent event) {
            waiting.add(event);
            if (event instanceof SessionEvent.Connected connected) {
                token = connected.resumeToken();
            }
        }

        @Override
        public boolean congested() {
            return waiting.size() >= 64;
        }

        @Override
        public void onRoom(Runnable task) {
            onRoom = task;
        }

        @Override
        public void close(CloseCode code, String reason) {
            closed = code;
        }

        @Override
        public void keepAlive() {}

        @Override
        public void giveUpIfStuck() {}
    }

    @Test
    void suspends_the_stream_of_a_lost_client_and_loses_nothing() {
        RecordedClient first = recording();
        recognizer.stream().partial("hel", 0, 0.1);
        first.session.lost();
        tick(Duration.ofSeconds(10));
        FakeRecognizer.FakeStream suspended = recognizer.stream();
        assertThat(suspended.finished).isTrue();
        suspended.settled("hell", 0, 0.1);
        suspended.listener.onCompleted();
        RecordedClient second = resume(first.token(), 0);
        assertThat(second.finals()).isEmpty();
        tick(Duration.ofMillis(100));
        assertThat(recognizer.streams).hasSize(1);
        second.session.audio(CHUNK);
        assertThat(recognizer.stream().received()).hasSize(6_400);
        recognizer.stream().settled("hello", 0, 0.2);
        assertThat(second.finals()).containsExactly(0);
    }

    @Test
    void takes_a_client_that_answers_no_ping_for_lost() {
        RecordedClient silent = connect();
        silent.session.start(Map.of());
        tick(Duration.ofSeconds(25));
        assertThat(silent.pings()).isEqualTo(1);
        silent.session.alive();
        tick(Duration.ofSeconds(25));
        tick(Duration.ofSeconds(25));
        assertThat(silent.pings()).isEqualTo(3);
        assertThat(silent.open()).isTrue();
        tick(Duration.ofSeconds(25));
        assertThat(silent.closed()).isEqualTo(CloseCode.GOING_AWAY);
        assertThat(resume(silent.token(), 0).connected().resumedAt()).hasValue(0);
        tick(WINDOW);
        assertThat(sessions.description().recordings()).isEqualTo(1);
    }

    /** Clients of other products' protocols. */
    @Test
    void awaits_no_client_that_cannot_resume() {
        RecordedClient silent = connect();
        silent.resumable = false;
        silent.session.start(Map.of());
        for (int i = 0; i < 3; i++) {
            tick(Duration.ofSeconds(25));
        }
        assertThat(silent.closed()).isEqualTo(CloseCode.GOING_AWAY);
        recognizer.stream().listener.onCompleted();
        assertThat(sessions.description().recordings()).isZero();
    }

    @Test
    void repeats_what_a_client_must_not_miss() {
        archive.broken = true;
        RecordedClient first = recording();
        recognizer.stream().settled("one", 0, 0.05);
        first.session.stop();
        recognizer.stream().listener.onCompleted();
        assertThat(first.closed()).isEqualTo(CloseCode.NORMAL);
        RecordedClient second = resume(first.token(), 1);
        assertThat(second.closed()).isEqualTo(CloseCode.NORMAL);
        second.problem(ErrorCode.ARCHIVE_DELAYED);
    }

    private void assertExpired(RecordedClient client) {
        assertThat(client.problem(ErrorCode.SESSION_EXPIRED).fatal()).isTrue();
        assertThat(client.closed()).isEqualTo(CloseCode.POLICY);
        assertThat(client.events()).hasSize(1);
    }

    private String stored() {
        return archive.stored.get(0).documents().get(0).content();
    }

    private RecordedClient resume(String token, int held) {
        return new RecordedClient(
                channel -> sessions.resume(channel, ALICE, token, held, 0).orElse(null));
    }
}
