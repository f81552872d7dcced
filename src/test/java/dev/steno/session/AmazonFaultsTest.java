package dev.steno.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.steno.archive.TestArchive;
import dev.steno.configuration.Settings;
import dev.steno.recognition.amazon.RecognizerUnderTest;
import dev.steno.session.SessionEvent.Problem;
import dev.steno.testing.Wait;
import dev.steno.testing.transcribe.Fault;
import dev.steno.testing.transcribe.Fault.Kind;
import dev.steno.testing.transcribe.ReceivedStream;
import dev.steno.testing.transcribe.TranscribeServer;
import dev.steno.testing.transcribe.TranscribeServerOptions;
import dev.steno.transcript.TranscriptSegment;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sessions on Amazon Transcribe through each fault of the service. The stand-in's transcript is made of hashes of the
 * audio that it received, so that the finals prove that each byte was transcribed once and in order. Time runs ten times
 * as fast as it does for people.
 */
class AmazonFaultsTest {
    private static final int HASTE = 10;
    private static final int CHUNK_BYTES = 3_200;
    private static final int AUDIO_BYTES = 8 * 32_000;
    private static final Pattern RESULT = Pattern.compile("segment \\d+ bytes (\\d+) sha (\\w+)");

    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private final byte[] audio = new byte[AUDIO_BYTES];

    @TempDir
    private Path folder;

    private TestArchive archive;
    private TranscribeServer server;
    private RecognizerUnderTest amazon;
    private TranscriptionSessions sessions;

    @BeforeEach
    void open() {
        new Random(3).nextBytes(audio);
        archive = new TestArchive(folder, clock);
        server = TranscribeServer.start(TranscribeServerOptions.defaults());
        amazon = RecognizerUnderTest.against(server).hurried().build();
        sessions = sessions();
    }

    @AfterEach
    void close() {
        clock.shutdownNow();
        workers.shutdownNow();
        amazon.close();
        server.close();
        archive.journal.close();
    }

    static Stream<Arguments> passingFaults() {
        return Stream.of(
                arguments("429 at the start", new Fault[] {Fault.reject(429, "LimitExceededException")}),
                arguments("500 at the start", new Fault[] {Fault.reject(500, "InternalFailureException")}),
                arguments("503 twice at the start", new Fault[] {
                    Fault.reject(503, "ServiceUnavailableException"), Fault.reject(503, "ServiceUnavailableException")
                }),
                arguments("connection refused", new Fault[] {Fault.of(Kind.REFUSE_CONNECTION)}),
                arguments(
                        "slow first answer",
                        new Fault[] {Fault.of(Kind.SLOW_START).lasting(Duration.ofMillis(500))}),
                arguments("no first answer", new Fault[] {Fault.of(Kind.HANG_START)}),
                arguments("late results", new Fault[] {Fault.of(Kind.DELAY).lasting(Duration.ofMillis(200))}),
                arguments("exception event", new Fault[] {
                    Fault.exception("InternalFailureException", "oops").after(150_000)
                }),
                arguments("idle exception", new Fault[] {
                    Fault.exception(
                                    "BadRequestException",
                                    "Your request timed out because no new audio was received for 15 seconds.")
                            .after(120_000)
                }),
                arguments("stream reset", new Fault[] {Fault.of(Kind.RESET).after(150_000)}),
                arguments("GOAWAY and close", new Fault[] {Fault.of(Kind.GOAWAY).after(150_000)}),
                arguments(
                        "graceful GOAWAY",
                        new Fault[] {Fault.of(Kind.GOAWAY_GRACEFUL).after(150_000)}),
                arguments("closed socket", new Fault[] {Fault.of(Kind.CLOSE).after(150_000)}),
                arguments("silent completion", new Fault[] {Fault.of(Kind.END).after(150_000)}),
                arguments("corrupt event", new Fault[] {Fault.of(Kind.CORRUPT).after(150_000)}),
                arguments("reset at the end", new Fault[] {Fault.of(Kind.RESET_AT_END)}),
                arguments("end without last final", new Fault[] {Fault.of(Kind.END_WITHOUT_FINAL)}),
                arguments("three breaks in a row", new Fault[] {
                    Fault.of(Kind.CLOSE).after(120_000),
                    Fault.of(Kind.END).after(40_000),
                    Fault.of(Kind.RESET).after(70_000)
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("passingFaults")
    void transcribes_each_byte_once_and_in_order_through(String name, Fault[] faults) throws Exception {
        server.play(faults);
        Client client = new Client();
        client.speak(audio);
        client.session.stop();
        assertThat(client.closed()).isEqualTo(CloseCode.NORMAL);
        assertThat(client.events()).noneMatch(Problem.class::isInstance).anyMatch(SessionEvent.Saved.class::isInstance);
        assertCovered(client.finals(), audio);
        assertNothingLeft();
    }

    @Test
    void goes_on_after_a_pause_in_a_new_stream() throws Exception {
        Client client = new Client();
        client.speak(Arrays.copyOf(audio, 100_000));
        client.session.pause();
        client.await(event -> event instanceof SessionEvent.Status status && status.state() == UpstreamState.PAUSED);
        assertThat(server.openStreams()).isZero();
        client.speak(Arrays.copyOfRange(audio, 100_000, AUDIO_BYTES));
        client.session.stop();
        client.closed();
        assertCovered(client.finals(), audio);
        assertThat(server.streams()).hasSize(2).allMatch(stream -> stream.state() == ReceivedStream.State.COMPLETED);
        assertNothingLeft();
    }

    @Test
    void is_busy_after_three_tries_when_the_account_has_no_stream_left() throws Exception {
        Fault refusal = Fault.reject(429, "LimitExceededException");
        server.play(refusal, refusal, refusal);
        Client client = new Client();
        client.session.audio(Arrays.copyOf(audio, CHUNK_BYTES));
        assertThat(client.closed()).isEqualTo(CloseCode.TRY_AGAIN_LATER);
        assertThat(client.problem().code()).isEqualTo(ErrorCode.BUSY);
        assertThat(client.problem().message()).contains("quota");
        assertNothingLeft();
    }

    @Test
    void says_at_once_what_to_check_when_the_secret_is_wrong_by_one_byte() throws Exception {
        amazon.close();
        amazon = RecognizerUnderTest.against(server)
                .secret(TranscribeServerOptions.defaults().secretKey().replace('K', 'k'))
                .build();
        sessions = sessions();
        Client client = new Client();
        client.session.audio(Arrays.copyOf(audio, CHUNK_BYTES));
        assertThat(client.closed()).isEqualTo(CloseCode.SERVER_ERROR);
        assertThat(client.problem().code()).isEqualTo(ErrorCode.RECOGNIZER_UNAVAILABLE);
        assertThat(client.problem().message()).contains("AWS_SECRET_ACCESS_KEY");
        assertThat(client.events())
                .doesNotContain(new SessionEvent.Status(UpstreamState.RECONNECTING, "amazon-transcribe", "en-US"));
        assertNothingLeft();
    }

    @Test
    void stores_what_was_final_when_the_service_refuses_for_good() throws Exception {
        server.play(Fault.exception("BadRequestException", "Your vocabulary does not exist")
                .after(150_000));
        Client client = new Client();
        client.speak(audio);
        assertThat(client.closed()).isEqualTo(CloseCode.SERVER_ERROR);
        assertThat(client.problem().code()).isEqualTo(ErrorCode.RECOGNIZER_FAILED);
        assertThat(client.events()).anyMatch(SessionEvent.Saved.class::isInstance);
        assertThat(client.finals()).isNotEmpty();
        assertNothingLeft();
    }

    /** The finals, one after another, are the hashes of the audio from its first byte to its last. */
    private static void assertCovered(List<TranscriptSegment> finals, byte[] audio) throws Exception {
        int position = 0;
        double time = 0;
        for (TranscriptSegment segment : finals) {
            Matcher result = RESULT.matcher(segment.text());
            assertThat(result.matches()).as(segment.text()).isTrue();
            int bytes = Integer.parseInt(result.group(1));
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(Arrays.copyOfRange(audio, position, position + bytes));
            assertThat(result.group(2))
                    .as("segment from " + position)
                    .isEqualTo(HexFormat.of().formatHex(hash, 0, 4));
            assertThat(segment.start()).isGreaterThanOrEqualTo(time - 1e-6);
            time = segment.end();
            position += bytes;
        }
        assertThat(position).isEqualTo(audio.length);
        assertThat(time).isEqualTo(audio.length / 32_000.0, within(0.001));
    }

    private void assertNothingLeft() throws InterruptedException {
        assertThat(server.awaitNoStream()).isTrue();
        assertThat(amazon.freePermits()).isEqualTo(25);
        assertThat(sessions.description().recordings()).isZero();
    }

    private TranscriptionSessions sessions() {
        TranscriptionSessions opened = new TranscriptionSessions(
                new Settings(key -> Optional.empty()),
                amazon.recognizer(),
                archive.journal,
                archive.queue,
                workers,
                new HastyTime());
        ScheduledFuture<?> ticks = clock.scheduleAtFixedRate(opened::tick, 0, 100 / HASTE, TimeUnit.MILLISECONDS);
        assertThat(ticks.isCancelled()).isFalse();
        return opened;
    }

    private static final class HastyTime implements TimeSource {
        private final Instant origin = Instant.now();
        private final long began = System.nanoTime();

        @Override
        public long nanoTime() {
            return (System.nanoTime() - began) * HASTE;
        }

        @Override
        public Instant now() {
            return origin.plusNanos(nanoTime());
        }
    }

    /** A client that speaks in hasty real time. */
    private final class Client implements ClientChannel {
        private final List<SessionEvent> all = new ArrayList<>();
        private final CompletableFuture<CloseCode> close = new CompletableFuture<>();
        private final TranscriptionSession session = sessions.open(this);

        void speak(byte[] said) throws Exception {
            CompletableFuture<Void> done = new CompletableFuture<>();
            int[] position = {0};
            ScheduledFuture<?> beat = clock.scheduleAtFixedRate(
                    () -> {
                        int from = position[0];
                        position[0] = Math.min(said.length, from + CHUNK_BYTES);
                        session.audio(Arrays.copyOfRange(said, from, position[0]));
                        if (position[0] == said.length) {
                            done.complete(null);
                            throw new IllegalStateException("said all"); // ends the beat
                        }
                    },
                    0,
                    100 / HASTE,
                    TimeUnit.MILLISECONDS);
            done.get(30, TimeUnit.SECONDS);
            beat.cancel(false);
        }

        CloseCode closed() throws Exception {
            return close.get(30, TimeUnit.SECONDS);
        }

        void await(Predicate<SessionEvent> wanted) {
            Wait.until(Duration.ofSeconds(30), () -> events().toString(), () -> events().stream()
                    .anyMatch(wanted));
        }

        synchronized List<SessionEvent> events() {
            return List.copyOf(all);
        }

        Problem problem() {
            return events().stream()
                    .filter(Problem.class::isInstance)
                    .map(Problem.class::cast)
                    .findFirst()
                    .orElseThrow();
        }

        List<TranscriptSegment> finals() {
            return events().stream()
                    .filter(SessionEvent.Final.class::isInstance)
                    .map(event -> ((SessionEvent.Final) event).segment())
                    .toList();
        }

        @Override
        public synchronized void send(SessionEvent event) {
            all.add(event);
        }

        @Override
        public void close(CloseCode code, String reason) {
            close.complete(code);
        }

        @Override
        public void keepAlive() {}
    }
}
