package dev.steno.session.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.session.CloseCode;
import dev.steno.session.SessionEvent;
import dev.steno.testing.transcribe.CoveredAudio;
import dev.steno.transcript.TranscriptSegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that are cut off and come back, on Amazon Transcribe's stand-in: its hashes show that each byte came once.
 */
class AmazonResumeTest {
    private static final long SEED = 20261123;

    private final Random random = new Random(SEED);

    @TempDir
    private Path folder;

    private AmazonSessions amazon;

    @BeforeEach
    void open() {
        amazon = new AmazonSessions(folder);
    }

    @AfterEach
    void close() {
        amazon.close();
    }

    @Test
    void transcribes_each_byte_once_and_in_order_through_a_hundred_cuts() throws Exception {
        byte[] audio = new byte[100 * 32_000];
        random.nextBytes(audio);
        List<TranscriptSegment> finals = new ArrayList<>();
        AmazonSessions.Client client = amazon.connect();
        int position = 0;
        for (int cut = 0; cut < 100; cut++) {
            int until = Math.min(audio.length, position + AmazonSessions.CHUNK_BYTES * (1 + random.nextInt(20)));
            client.speak(Arrays.copyOfRange(audio, position, until));
            client = cut(client, finals);
            position = (int) client.resumedAt();
            assertThat(position).isLessThanOrEqualTo(until);
        }
        client.speak(Arrays.copyOfRange(audio, position, audio.length));
        client.session.stop();
        client = cut(client, finals);
        if (client.events(SessionEvent.Saved.class).isEmpty()) {
            client.session.stop();
        }
        assertThat(client.closed()).isEqualTo(CloseCode.NORMAL);
        assertThat(client.events()).anyMatch(SessionEvent.Saved.class::isInstance);
        take(client, finals);
        CoveredAudio.assertCovered(finals, audio);
        assertThat(amazon.archive.stored).hasSize(1);
        amazon.assertNothingLeft();
    }

    @Test
    void transcribes_each_byte_once_when_the_client_is_away_longer_than_the_stream_lives() throws Exception {
        byte[] audio = new byte[20 * 32_000];
        random.nextBytes(audio);
        List<TranscriptSegment> finals = new ArrayList<>();
        AmazonSessions.Client client = amazon.connect();
        client.speak(Arrays.copyOf(audio, 250_000));
        client.session.lost();
        assertThat(amazon.server.awaitNoStream()).isTrue();
        take(client, finals);
        AmazonSessions.Client back = amazon.resume(client, finals.size());
        back.speak(Arrays.copyOfRange(audio, (int) back.resumedAt(), audio.length));
        back.session.stop();
        assertThat(back.closed()).isEqualTo(CloseCode.NORMAL);
        take(back, finals);
        CoveredAudio.assertCovered(finals, audio);
        amazon.assertNothingLeft();
    }

    /**
     * Loses the connection, sometimes without the server's notice, and comes back after up to 8 s of the client's time.
     */
    private AmazonSessions.Client cut(AmazonSessions.Client client, List<TranscriptSegment> finals)
            throws InterruptedException {
        if (random.nextBoolean()) {
            client.session.lost();
        }
        TimeUnit.MILLISECONDS.sleep(random.nextInt(10) == 0 ? 800 : random.nextInt(30));
        take(client, finals);
        return amazon.resume(client, finals.size());
    }

    private static void take(AmazonSessions.Client client, List<TranscriptSegment> finals) {
        for (TranscriptSegment segment : client.finals()) {
            assertThat(segment.number()).isEqualTo(finals.size());
            finals.add(segment);
        }
    }
}
