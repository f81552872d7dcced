package dev.steno.session.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.archive.StoredTranscript;
import dev.steno.session.RecordingListener;
import dev.steno.session.SessionEvent;
import dev.steno.transcript.TranscriptSegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Listeners hear each recording from its start to its end, with its words. */
class RecordingListenerTest extends SessionFixture {
    private final List<String> first = new ArrayList<>();
    private final List<String> second = new ArrayList<>();

    @Override
    RecordingListener listener() {
        return RecordingListener.all(List.of(heard(first), heard(second)));
    }

    @Test
    void tells_every_listener_of_a_recording_and_its_words() {
        RecordedClient client = connect();
        client.session.start(Map.of("language_code", "en-US"));
        client.session.audio(new byte[32_000]);
        recognizer.stream().partial("hel", 0, 0.5);
        recognizer.stream().settled("hello", 0, 0.9);
        client.session.stop();
        recognizer.stream().listener.onCompleted();
        assertThat(first)
                .containsExactly(
                        "started {language_code=en-US}",
                        "STREAMING",
                        "partial hel",
                        "final hello",
                        "STOPPING",
                        "ended SAVED [hello] true");
        assertThat(second).isEqualTo(first);
    }

    @Test
    void says_of_a_recording_without_words_that_there_is_no_transcript() {
        RecordedClient client = recording();
        client.session.stop();
        recognizer.stream().listener.onCompleted();
        assertThat(first).last().isEqualTo("ended NO_SPEECH [] false");
    }

    private static RecordingListener heard(List<String> all) {
        return new RecordingListener() {
            @Override
            public void onStarted(Description recording) {
                all.add("started " + recording.options());
            }

            @Override
            public void onEvent(Description recording, SessionEvent event) {
                if (event instanceof SessionEvent.Status status) {
                    all.add(status.state().name());
                } else if (event instanceof SessionEvent.Partial partial) {
                    all.add("partial " + partial.text());
                } else if (event instanceof SessionEvent.Final settled) {
                    all.add("final " + settled.segment().text());
                }
            }

            @Override
            public void onEnded(Description recording, Ending ending) {
                List<String> texts = ending.transcript().stream()
                        .flatMap(transcript -> transcript.segments().stream())
                        .map(TranscriptSegment::text)
                        .toList();
                all.add("ended " + ending.outcome() + " " + texts + " "
                        + ending.stored().map(StoredTranscript::key).isPresent());
            }
        };
    }
}
