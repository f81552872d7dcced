package dev.steno.session.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.recognition.Engines;
import dev.steno.recognition.RecognitionFailure;
import dev.steno.session.SessionEvent;
import dev.steno.session.upstream.UpstreamState;
import dev.steno.testing.FakeRecognizer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the client is told of a change of engines: {@code sphinx} is preferred, {@code second} goes on. */
class SessionFailoverTest extends SessionFixture {
    private static final RecognitionFailure FATAL =
            new RecognitionFailure(RecognitionFailure.Kind.UNAVAILABLE, false, "It is away.", "Wait.");

    private final FakeRecognizer second = new FakeRecognizer();

    @Override
    Engines engines() {
        second.engine = "second";
        return new Engines(List.of(recognizer, second), Duration.ofMinutes(1));
    }

    @Test
    void names_the_engine_in_use_to_a_client_that_resumes() {
        RecordedClient first = recording();
        recognizer.stream().listener.onFailed(FATAL);
        first.session.lost();
        RecordedClient again = new RecordedClient(
                channel -> sessions.resume(channel, null, first.token(), 0, 0).orElseThrow());
        assertThat(again.connected().engine()).isEqualTo("second");
        assertThat(connect().connected().engine()).isEqualTo("sphinx");
    }

    @Test
    void names_the_engine_that_takes_over_for_the_last_words() {
        RecordedClient client = recording();
        client.session.stop();
        recognizer.stream().listener.onFailed(FATAL);
        List<SessionEvent> events = client.events();
        assertThat(events.get(events.size() - 1))
                .isEqualTo(new SessionEvent.Status(UpstreamState.STOPPING, "second", "en-US"));
        second.stream().settled("hello", 0, 0.1);
        second.stream().listener.onCompleted();
        assertThat(client.finals()).containsExactly(0);
    }
}
