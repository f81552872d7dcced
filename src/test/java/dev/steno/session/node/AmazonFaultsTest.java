package dev.steno.session.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.steno.recognition.amazon.RecognizerUnderTest;
import dev.steno.session.CloseCode;
import dev.steno.session.ErrorCode;
import dev.steno.session.SessionEvent;
import dev.steno.session.SessionEvent.Problem;
import dev.steno.session.upstream.UpstreamState;
import dev.steno.testing.transcribe.CoveredAudio;
import dev.steno.testing.transcribe.Fault;
import dev.steno.testing.transcribe.Fault.Kind;
import dev.steno.testing.transcribe.ReceivedStream;
import dev.steno.testing.transcribe.TranscribeServerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
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
 * audio that it received, so that the finals prove that each byte was transcribed once and in order. Time runs ten
 * times as fast as it does for people.
 */
class AmazonFaultsTest {
    private static final int AUDIO_BYTES = 8 * 32_000;

    private final byte[] audio = new byte[AUDIO_BYTES];

    @TempDir
    private Path folder;

    private AmazonSessions amazon;

    @BeforeEach
    void open() {
        new Random(3).nextBytes(audio);
        amazon = new AmazonSessions(folder);
    }

    @AfterEach
    void close() {
        amazon.close();
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
        amazon.server.play(faults);
        AmazonSessions.Client client = amazon.connect();
        client.speak(audio);
        client.session.stop();
        assertThat(client.closed()).isEqualTo(CloseCode.NORMAL);
        assertThat(client.events()).noneMatch(Problem.class::isInstance).anyMatch(SessionEvent.Saved.class::isInstance);
        CoveredAudio.assertCovered(client.finals(), audio);
        amazon.assertNothingLeft();
    }

    @Test
    void goes_on_after_a_pause_in_a_new_stream() throws Exception {
        AmazonSessions.Client client = amazon.connect();
        client.speak(Arrays.copyOf(audio, 100_000));
        client.session.pause();
        client.await(event -> event instanceof SessionEvent.Status status && status.state() == UpstreamState.PAUSED);
        assertThat(amazon.server.openStreams()).isZero();
        client.speak(Arrays.copyOfRange(audio, 100_000, AUDIO_BYTES));
        client.session.stop();
        client.closed();
        CoveredAudio.assertCovered(client.finals(), audio);
        assertThat(amazon.server.streams())
                .hasSize(2)
                .allMatch(stream -> stream.state() == ReceivedStream.State.COMPLETED);
        amazon.assertNothingLeft();
    }

    @Test
    void is_busy_after_three_tries_when_the_account_has_no_stream_left() throws Exception {
        Fault refusal = Fault.reject(429, "LimitExceededException");
        amazon.server.play(refusal, refusal, refusal);
        AmazonSessions.Client client = amazon.connect();
        client.session.audio(Arrays.copyOf(audio, AmazonSessions.CHUNK_BYTES));
        assertThat(client.closed()).isEqualTo(CloseCode.TRY_AGAIN_LATER);
        assertThat(client.problem().code()).isEqualTo(ErrorCode.BUSY);
        assertThat(client.problem().message()).contains("quota");
        amazon.assertNothingLeft();
    }

    @Test
    void says_at_once_what_to_check_when_the_secret_is_wrong_by_one_byte() throws Exception {
        String secret = TranscribeServerOptions.defaults().secretKey().replace('K', 'k');
        amazon.use(RecognizerUnderTest.against(amazon.server).secret(secret));
        AmazonSessions.Client client = amazon.connect();
        client.session.audio(Arrays.copyOf(audio, AmazonSessions.CHUNK_BYTES));
        assertThat(client.closed()).isEqualTo(CloseCode.SERVER_ERROR);
        assertThat(client.problem().code()).isEqualTo(ErrorCode.RECOGNIZER_UNAVAILABLE);
        assertThat(client.problem().message()).contains("AWS_SECRET_ACCESS_KEY");
        assertThat(client.events())
                .doesNotContain(new SessionEvent.Status(UpstreamState.RECONNECTING, "amazon-transcribe", "en-US"));
        amazon.assertNothingLeft();
    }

    @Test
    void stores_what_was_final_when_the_service_refuses_for_good() throws Exception {
        amazon.server.play(Fault.exception("BadRequestException", "Your vocabulary does not exist")
                .after(150_000));
        AmazonSessions.Client client = amazon.connect();
        client.speak(audio);
        assertThat(client.closed()).isEqualTo(CloseCode.SERVER_ERROR);
        assertThat(client.problem().code()).isEqualTo(ErrorCode.RECOGNIZER_FAILED);
        assertThat(client.events()).anyMatch(SessionEvent.Saved.class::isInstance);
        assertThat(client.finals()).isNotEmpty();
        amazon.assertNothingLeft();
    }
}
