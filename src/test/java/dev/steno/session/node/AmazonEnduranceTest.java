package dev.steno.session.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.session.CloseCode;
import dev.steno.session.SessionEvent;
import dev.steno.testing.Wait;
import dev.steno.testing.transcribe.CoveredAudio;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many recordings one after another, and many at once. */
class AmazonEnduranceTest {
    /** What the threads, sockets and caches that every process needs once have come by then. */
    private static final int WARM_UP = 50;

    private static final int RECORDINGS = 1_000;

    /** The stand-in keeps 2 kB of each recording; a session that is not forgotten has more. */
    private static final long HEAP_GROWTH_BYTES = 3 * 1024 * RECORDINGS;

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

    /** What a process holds. Files are -1 where the system does not tell. */
    private record Held(int threads, long files, long heapBytes) {
        static Held now() {
            System.gc();
            return new Held(
                    ManagementFactory.getThreadMXBean().getThreadCount(),
                    openFiles(),
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }

        private static long openFiles() {
            Path open = Path.of("/proc/self/fd");
            if (!Files.isDirectory(open)) {
                return -1;
            }
            try (Stream<Path> files = Files.list(open)) {
                return files.count();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void holds_nothing_more_after_a_thousand_recordings() throws Exception {
        recordInARow(WARM_UP);
        Held before = Held.now();
        recordInARow(RECORDINGS);
        assertThat(amazon.archive.stored).hasSize(WARM_UP + RECORDINGS);
        amazon.archive.stored.clear();
        Wait.until(Duration.ofSeconds(20), () -> before + " became " + Held.now(), () -> {
            Held after = Held.now();
            return after.threads <= before.threads + 10
                    && after.files <= before.files + 10
                    && after.heapBytes <= before.heapBytes + HEAP_GROWTH_BYTES;
        });
        System.out.println(RECORDINGS + " recordings: " + before + " became " + Held.now());
    }

    @Test
    void completes_ten_transcripts_at_a_shutdown() throws Exception {
        recordInARow(1); // the first call of a process is slow
        amazon.archive.stored.clear();
        List<byte[]> audios = IntStream.range(0, 10).mapToObj(this::noise).toList();
        List<AmazonSessions.Client> clients =
                IntStream.range(0, 10).mapToObj(i -> amazon.connect()).toList();
        CompletableFuture<?>[] speaking = IntStream.range(0, 10)
                .mapToObj(i -> clients.get(i).beginToSpeak(audios.get(i)))
                .toArray(CompletableFuture[]::new);
        clients.forEach(client -> client.await(SessionEvent.Final.class::isInstance));
        amazon.sessions().drain();
        for (int i = 0; i < 10; i++) {
            AmazonSessions.Client client = clients.get(i);
            assertThat(client.closed()).isEqualTo(CloseCode.SERVICE_RESTART);
            assertThat(client.events(SessionEvent.Saved.class)).hasSize(1);
            List<SessionEvent.Progress> progress = client.events(SessionEvent.Progress.class);
            int accepted = (int) progress.get(progress.size() - 1).receivedBytes();
            CoveredAudio.assertCovered(client.finals(), Arrays.copyOf(audios.get(i), accepted));
        }
        CompletableFuture.allOf(speaking).get(30, TimeUnit.SECONDS);
        assertThat(amazon.archive.stored).hasSize(10);
        amazon.assertNothingLeft();
    }

    private void recordInARow(int count) throws Exception {
        byte[] chunk = Arrays.copyOf(noise(1), AmazonSessions.CHUNK_BYTES);
        for (int i = 0; i < count; i++) {
            AmazonSessions.Client client = amazon.connect();
            client.session.audio(chunk.clone());
            client.session.audio(chunk.clone());
            client.session.stop();
            assertThat(client.closed()).isEqualTo(CloseCode.NORMAL);
        }
        amazon.assertNothingLeft();
    }

    /** Less than a recording keeps for the engine (45 s): nothing is dropped where the machine is too slow. */
    private byte[] noise(int seed) {
        byte[] audio = new byte[40 * 32_000];
        new Random(seed).nextBytes(audio);
        return audio;
    }
}
