package dev.steno.session.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.session.CloseCode;
import dev.steno.session.ErrorCode;
import dev.steno.session.RecordingListener.Description;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sessions whose audio is all there: the engine says how fast it comes. */
class FileSessionTest extends SessionFixture {
    private static final byte[] SECOND = new byte[32_000];

    private RecordedClient file() {
        return new RecordedClient(channel -> sessions.openFile(channel, caller()));
    }

    @Test
    void may_send_minutes_at_once() {
        RecordedClient client = file();
        for (int i = 0; i < 300; i++) {
            client.session.audio(SECOND);
        }
        assertThat(client.open()).isTrue();
        RecordedClient live = connect();
        for (int i = 0; i < 300; i++) {
            live.session.audio(SECOND);
        }
        assertThat(live.problem(ErrorCode.TOO_FAST).fatal()).isTrue();
    }

    @Test
    void know_how_much_the_engine_has_not_taken() {
        RecordedClient client = file();
        client.session.audio(SECOND);
        long[] waiting = {-1};
        client.session.askWaiting(bytes -> waiting[0] = bytes);
        assertThat(waiting[0]).isZero();
        recognizer.stream().room = 0;
        client.session.audio(SECOND);
        client.session.askWaiting(bytes -> waiting[0] = bytes);
        assertThat(waiting[0]).isEqualTo(SECOND.length);
    }

    @Test
    void are_not_paused_while_the_engine_is_busy() {
        RecordedClient client = file();
        client.session.audio(SECOND);
        tick(Duration.ofSeconds(30));
        assertThat(recognizer.stream().finished).isFalse();
        assertThat(client.open()).isTrue();
    }

    @Test
    void are_archived_under_the_number_that_was_promised() {
        RecordedClient client = file();
        finish(client, Map.of(Description.NUMBER, "4711"));
        assertThat(archive.stored.get(0).stem()).endsWith("_4711");
    }

    @Test
    void leave_nothing_behind_where_the_client_wants_the_words_alone() {
        RecordedClient client = file();
        finish(client, Map.of(Description.STORE, "false"));
        assertThat(client.finals()).containsExactly(0);
        assertThat(client.closed()).isEqualTo(CloseCode.NORMAL);
        assertThat(archive.stored).isEmpty();
    }

    @Test
    void leave_nothing_behind_after_a_crash_either() throws Exception {
        RecordedClient client = file();
        client.session.start(Map.of(Description.STORE, "false"));
        client.session.audio(SECOND);
        recognizer.stream().settled("a secret", 0, 0.9);
        killAndRestart(Duration.ZERO);
        archive.recover();
        assertThat(archive.stored).isEmpty();
    }

    @Test
    void alone_take_options_of_the_archive() {
        for (Map.Entry<String, String> option :
                Map.of(Description.STORE, "false", Description.NUMBER, "2").entrySet()) {
            RecordedClient live = connect();
            live.session.start(new HashMap<>(Map.ofEntries(option)));
            assertThat(live.problem(ErrorCode.BAD_OPTION).message()).contains(option.getKey());
        }
    }

    private void finish(RecordedClient client, Map<String, String> options) {
        client.session.start(options);
        client.session.audio(SECOND);
        recognizer.stream().settled("hello", 0, 0.9);
        client.session.stop();
        recognizer.stream().listener.onCompleted();
    }
}
