package dev.steno.session.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.caller.Caller;
import dev.steno.session.ErrorCode;
import dev.steno.session.SessionEvent;
import dev.steno.session.Sharing;
import dev.steno.session.recording.RecordingOptions;
import dev.steno.transcript.SessionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a session hands to those who give out links. */
class SessionSharingTest extends SessionFixture {
    private final List<String> asked = new ArrayList<>();
    private Sharing.Recorder recorder;

    @Override
    Caller caller() {
        return new Caller("ann", "127.0.0.1");
    }

    @Override
    Sharing sharing() {
        return new Sharing() {
            @Override
            public Optional<String> refusal(Map<String, String> options) {
                return Optional.ofNullable(options.get("room")).filter(String::isEmpty);
            }

            @Override
            public void onStarted(Recorder from, Map<String, String> options) {
                recorder = from;
                asked.add("started " + options);
                from.answers().accept(new SessionEvent.Share("https://example.org/live/x"));
            }

            @Override
            public void share(Recorder from, Optional<String> room) {
                recorder = from;
                asked.add("share " + room.orElse("-"));
            }

            @Override
            public void unshare(SessionId session) {
                asked.add("unshare");
            }

            @Override
            public void onClosed(SessionId session) {
                asked.add("closed");
            }
        };
    }

    @Test
    void hands_over_the_options_of_start_and_keeps_them_from_the_engine() throws Exception {
        RecordedClient client = connect();
        client.session.start(Map.of("share", "true", "room", "sunday", "translate_to", "fr", "language_code", "en-US"));
        assertThat(asked).hasSize(1).first().asString().contains("room=sunday", "translate_to=fr");
        assertThat(RecordingOptions.forEngine(Map.of("room", "sunday", "language_code", "en-US"), true))
                .isEqualTo(Map.of("language_code", "en-US"));
        assertThat(client.events()).contains(new SessionEvent.Share("https://example.org/live/x"));
        assertThat(recorder.owner()).isEqualTo(caller());
        assertThat(client.open()).isTrue();
    }

    @Test
    void opens_nothing_when_the_options_are_refused() {
        RecordedClient client = connect();
        client.session.start(Map.of("share", "true", "room", ""));
        assertThat(client.problem(ErrorCode.BAD_OPTION).fatal()).isFalse();
        assertThat(asked).isEmpty();
        client.session.start(Map.of());
        assertThat(asked).containsExactly("started {}");
    }

    @Test
    void shares_before_the_first_audio_and_ends_with_the_session() {
        RecordedClient client = connect();
        client.session.share(Optional.of("sunday"));
        client.session.unshare();
        client.session.stop();
        client.session.share(Optional.empty());
        assertThat(asked).containsExactly("share sunday", "unshare", "closed");
    }

    @Test
    void answers_come_at_any_time() {
        RecordedClient client = recording();
        client.session.share(Optional.empty());
        recorder.answers().accept(new SessionEvent.Translation(0, "fr", "bonjour"));
        assertThat(client.events()).contains(new SessionEvent.Translation(0, "fr", "bonjour"));
    }
}
