package dev.steno.session.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.session.CloseCode;
import dev.steno.session.ErrorCode;
import dev.steno.session.SessionEvent;
import dev.steno.testing.FakeRecognizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The journal's disk does not answer for a minute, under 20 recordings and 200 questions of probes. Everything here
 * happens on one thread, so whatever waited for the disk would hold up all else.
 */
class HangingDiskTest extends SessionFixture {
    private static final int RECORDINGS = 20;
    private static final int SECONDS = 60;
    private static final int PROBES = 200;
    private static final byte[] SECOND = new byte[32_000];

    private final List<RecordedClient> clients = new ArrayList<>();

    @BeforeEach
    void record() {
        settings.put("CALLER_LIMIT", "100");
        settings.put("CALLER_STARTS_PER_MINUTE", "1000");
        recognizer.places = RECORDINGS;
        sessions = sessions();
        for (int i = 0; i < RECORDINGS; i++) {
            clients.add(recording());
        }
    }

    @Test
    void holds_up_nobody_and_loses_no_word() {
        archive.diskHangs = true;
        for (int second = 0; second < SECONDS; second++) {
            clients.forEach(client -> client.session.audio(SECOND));
            say(second);
            tick(Duration.ofSeconds(1));
            probe(PROBES / SECONDS + 1);
        }
        for (RecordedClient client : clients) {
            assertThat(client.open()).isTrue();
            assertThat(client.finals()).isEmpty(); // not before they are on disk
            assertThat(lastProgress(client)).isEqualTo(new SessionEvent.Progress(3_200 + SECONDS * 32_000L, 0));
        }
        diskAnswers();
        assertThat(clients).allSatisfy(HangingDiskTest::assertAllWords);
        clients.forEach(client -> client.session.stop());
        recognizer.streams.forEach(stream -> stream.listener.onCompleted());
        assertThat(clients).allSatisfy(client -> assertThat(client.closed()).isEqualTo(CloseCode.NORMAL));
        assertThat(archive.stored).hasSize(RECORDINGS);
        assertThat(archive.stored)
                .allSatisfy(stored ->
                        assertThat(stored.documents().get(0).content()).contains("word 0", "word 59"));
    }

    private void say(int second) {
        for (FakeRecognizer.FakeStream stream : recognizer.streams) {
            stream.settled("word " + second, second, second + 0.9);
        }
    }

    /** What /health and metrics ask of sessions. */
    private void probe(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(sessions.description().recordings()).isEqualTo(RECORDINGS);
        }
    }

    private void diskAnswers() {
        archive.diskHangs = false;
        while (!archive.waitingForDisk.isEmpty()) {
            archive.waitingForDisk.remove(0).run();
        }
    }

    private static void assertAllWords(RecordedClient client) {
        assertThat(client.finals())
                .containsExactlyElementsOf(IntStream.range(0, SECONDS).boxed().toList());
        assertThat(client.events())
                .filteredOn(SessionEvent.Problem.class::isInstance)
                .extracting(event -> ((SessionEvent.Problem) event).code())
                .doesNotContain(ErrorCode.STORAGE_FAILED);
        assertThat(client.events()).noneMatch(SessionEvent.AudioDropped.class::isInstance);
        assertThat(lastProgress(client).settledBytes()).isGreaterThan(59 * 32_000L);
    }

    private static SessionEvent.Progress lastProgress(RecordedClient client) {
        return client.events().stream()
                .filter(SessionEvent.Progress.class::isInstance)
                .map(SessionEvent.Progress.class::cast)
                .reduce((first, last) -> last)
                .orElseThrow();
    }
}
