package dev.steno.recognition.amazon;

import static dev.steno.recognition.RecognitionFailure.Kind.BUSY;
import static dev.steno.recognition.RecognitionFailure.Kind.FAILED;
import static dev.steno.recognition.RecognitionFailure.Kind.LIMIT_EXCEEDED;
import static dev.steno.recognition.RecognitionFailure.Kind.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.steno.recognition.RecognitionException;
import dev.steno.recognition.RecognitionFailure;
import dev.steno.recognition.RecognitionFailure.Kind;
import dev.steno.recognition.RecognitionResult;
import dev.steno.recognition.RecognitionStream;
import dev.steno.testing.Ports;
import dev.steno.testing.transcribe.AudioDigest;
import dev.steno.testing.transcribe.Fault;
import dev.steno.testing.transcribe.ReceivedStream;
import dev.steno.testing.transcribe.TranscribeServer;
import dev.steno.testing.transcribe.TranscribeServerOptions;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The recogniser against a strict stand-in of the service, over real HTTP/2. */
class AmazonTranscribeRecognizerTest {
    private static final int LIMIT = 3;

    private static TranscribeServer server;
    private static RecognizerUnderTest shared;

    @BeforeAll
    static void start() throws Exception {
        server = TranscribeServer.start(TranscribeServerOptions.defaults());
        shared = RecognizerUnderTest.against(server).streams(LIMIT).build();
        // The first call loads a thousand classes: none of the deadlines below shall have to wait for that.
        HeardResults heard = new HeardResults();
        shared.open(heard).finish();
        assertThat(heard.awaitEnd()).isNull();
    }

    @AfterAll
    static void stop() {
        shared.close();
        server.close();
    }

    @Test
    void transcribes_every_byte_once_and_in_order() throws Exception {
        byte[] audio = random(500_002);
        HeardResults heard = new HeardResults();
        RecognitionStream stream = shared.open(heard);
        heard.send(stream, audio, 12_346);
        stream.finish();

        assertThat(heard.awaitEnd()).isNull();
        assertThat(heard.finalTexts()).isEqualTo(AudioDigest.finals(audio));
        assertThat(heard.partials).hasSizeGreaterThan(20);
        ReceivedStream received = server.lastStream();
        List<Integer> events = new ArrayList<>(received.eventBytes());
        assertThat(events.remove(events.size() - 1)).isEqualTo(500_002 % 3200);
        assertThat(new HashSet<>(events)).containsExactly(3200);
        assertThat(received.parameters()).containsEntry("language-code", "en-US");
        assertThat(server.awaitNoStream()).isTrue();
        assertThat(received.state()).isEqualTo(ReceivedStream.State.COMPLETED);
    }

    @Test
    void tells_times_and_words_of_finals() throws Exception {
        HeardResults heard = new HeardResults();
        RecognitionStream stream = shared.open(heard);
        heard.send(stream, random(128_000), 3200);
        stream.finish();

        assertThat(heard.awaitEnd()).isNull();
        RecognitionResult last = heard.finals.get(1);
        assertThat(last.start()).isEqualTo(3.0);
        assertThat(last.end()).isEqualTo(4.0);
        assertThat(last.words()).hasSize(6).allMatch(word -> word.confidence() == 0.99);
        assertThat(heard.partials).allMatch(partial -> partial.words().isEmpty());
    }

    @Test
    void answers_while_the_audio_still_flows() throws Exception {
        HeardResults heard = new HeardResults();
        RecognitionStream stream = shared.open(heard);
        stream.send(ByteBuffer.wrap(random(16_000)));
        heard.awaitPartial();
        assertThat(heard.ended()).isFalse();
        stream.finish();
        assertThat(heard.awaitEnd()).isNull();
    }

    @Test
    void completes_when_there_was_no_audio() throws Exception {
        HeardResults heard = new HeardResults();
        RecognitionStream stream = shared.open(heard);
        stream.finish();
        stream.finish();
        assertThat(heard.awaitEnd()).isNull();
        assertThat(heard.finals).isEmpty();
        assertThat(stream.send(ByteBuffer.allocate(3200))).isZero();
    }

    static Stream<Arguments> breaks() {
        return Stream.of(
                arguments(Fault.reject(429, "LimitExceededException"), LIMIT_EXCEEDED, true, "limit"),
                arguments(Fault.reject(403, "AccessDeniedException"), UNAVAILABLE, false, "do not permit"),
                arguments(Fault.reject(403, "ExpiredTokenException"), UNAVAILABLE, true, "credentials"),
                arguments(Fault.reject(400, "BadRequestException"), FAILED, false, "injected fault"),
                arguments(Fault.reject(409, "ConflictException"), FAILED, true, "repeated"),
                arguments(Fault.reject(500, "InternalFailureException"), FAILED, true, "InternalFailure"),
                arguments(Fault.reject(503, "ServiceUnavailableException"), FAILED, true, "ServiceUnavailable"),
                arguments(Fault.exception("LimitExceededException", "x").after(64_000), LIMIT_EXCEEDED, true, "limit"),
                arguments(Fault.exception("InternalFailureException", "x").after(64_000), FAILED, true, "trouble"),
                arguments(Fault.exception("ServiceUnavailableException", "x").after(64_000), FAILED, true, "trouble"),
                arguments(Fault.exception("BadRequestException", "no new audio").after(64_000), FAILED, true, "no new"),
                arguments(Fault.exception("BadRequestException", "odd").after(64_000), FAILED, false, "odd"),
                arguments(Fault.exception("ConflictException", "x").after(64_000), FAILED, true, "repeated"),
                arguments(Fault.of(Fault.Kind.RESET).after(64_000), FAILED, true, "broke"),
                arguments(Fault.of(Fault.Kind.GOAWAY).after(64_000), FAILED, true, "broke"),
                arguments(Fault.of(Fault.Kind.CLOSE).after(64_000), FAILED, true, "broke"),
                arguments(Fault.of(Fault.Kind.END).after(64_000), FAILED, true, "before it was asked"),
                arguments(Fault.of(Fault.Kind.CORRUPT).after(64_000), FAILED, true, "broke"));
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void reports_a_broken_call_and_gives_all_back(Fault fault, Kind kind, boolean retryable, String words)
            throws Exception {
        server.play(fault);
        HeardResults heard = new HeardResults();
        RecognitionStream stream = shared.open(heard);
        heard.send(stream, random(320_000), 3200);

        RecognitionFailure failure = heard.awaitEnd();
        assertThat(failure).isNotNull();
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.retryable()).isEqualTo(retryable);
        assertThat(failure.message()).contains(words);
        assertThat(stream.send(ByteBuffer.allocate(3200))).isZero();
        assertThat(server.awaitNoStream()).isTrue();
        assertThat(shared.freePermits()).isEqualTo(LIMIT);
    }

    @Test
    void reports_a_connection_that_is_reset_at_once() throws Exception {
        // A client of its own: the shared one may have a connection left to use.
        try (RecognizerUnderTest fresh = RecognizerUnderTest.against(server).build()) {
            server.play(Fault.of(Fault.Kind.REFUSE_CONNECTION));
            HeardResults heard = new HeardResults();
            fresh.open(heard);
            RecognitionFailure failure = heard.awaitEnd();
            assertThat(failure.retryable()).isTrue();
            // A reset that comes before the SDK has set the connection up it notices only by its own time-out of 10 s.
            assertThat(failure.message()).containsAnyOf("broke", "No connection");
        }
    }

    static Stream<Fault> mishaps() {
        return Stream.of(
                Fault.of(Fault.Kind.SLOW_START).lasting(Duration.ofMillis(700)),
                Fault.of(Fault.Kind.DELAY).lasting(Duration.ofMillis(300)),
                Fault.of(Fault.Kind.GOAWAY_GRACEFUL).after(64_000));
    }

    @ParameterizedTest
    @MethodSource("mishaps")
    void loses_nothing_when_the_service_is_merely_slow(Fault fault) throws Exception {
        server.play(fault);
        byte[] audio = random(320_000);
        HeardResults heard = new HeardResults();
        RecognitionStream stream = shared.open(heard);
        heard.send(stream, audio, 3200);
        stream.finish();
        assertThat(heard.awaitEnd()).isNull();
        assertThat(heard.finalTexts()).isEqualTo(AudioDigest.finals(audio));
    }

    @Test
    void fails_when_the_last_final_does_not_come() throws Exception {
        server.play(Fault.of(Fault.Kind.END_WITHOUT_FINAL));
        HeardResults heard = new HeardResults();
        RecognitionStream stream = shared.open(heard);
        heard.send(stream, random(16_000), 3200);
        heard.awaitPartial();
        stream.finish();
        assertThat(heard.awaitEnd()).isEqualTo(TranscribeFailures.LAST_RESULT_MISSING);
        assertThat(heard.finals).isEmpty();
    }

    /** All audio is out and no partial came: nothing but the break itself tells that words are missing. */
    @ParameterizedTest
    @EnumSource(names = {"RESET", "GOAWAY", "CLOSE", "RESET_AT_END"})
    void notices_a_break_after_the_end_of_the_audio(Fault.Kind kind) throws Exception {
        for (int i = 0; i < 10; i++) {
            server.play(Fault.of(kind).after(8_000));
            HeardResults heard = new HeardResults();
            RecognitionStream stream = shared.open(heard);
            stream.send(ByteBuffer.allocate(15_000));
            stream.finish();
            assertThat(heard.awaitEnd()).isNotNull().matches(RecognitionFailure::retryable);
        }
        assertThat(server.awaitNoStream()).isTrue();
        assertThat(shared.freePermits()).isEqualTo(LIMIT);
    }

    @Test
    void gives_up_a_call_that_is_never_answered() throws Exception {
        try (RecognizerUnderTest hurried =
                RecognizerUnderTest.against(server).hurried().build()) {
            server.play(Fault.of(Fault.Kind.HANG_START));
            HeardResults heard = new HeardResults();
            RecognitionStream stream = hurried.open(heard);
            stream.send(ByteBuffer.allocate(3200));
            assertThat(heard.awaitEnd()).isEqualTo(TranscribeFailures.NO_ANSWER);
            assertThat(server.awaitNoStream()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("hangs")
    void gives_up_a_call_that_does_not_end(Fault fault) throws Exception {
        try (RecognizerUnderTest hurried =
                RecognizerUnderTest.against(server).hurried().build()) {
            server.play(fault);
            HeardResults heard = new HeardResults();
            RecognitionStream stream = hurried.open(heard);
            stream.send(ByteBuffer.allocate(64_000));
            heard.awaitPartial();
            stream.finish();
            assertThat(heard.awaitEnd()).isEqualTo(TranscribeFailures.NO_END);
            assertThat(server.awaitNoStream()).isTrue();
            assertThat(hurried.freePermits()).isEqualTo(25);
        }
    }

    static Stream<Fault> hangs() {
        return Stream.of(
                Fault.of(Fault.Kind.HANG_AT_END), Fault.of(Fault.Kind.STALL).after(32_000));
    }

    @Test
    void takes_no_more_than_its_room_while_the_service_reads_nothing() throws Exception {
        server.play(Fault.of(Fault.Kind.STALL).after(16_000));
        HeardResults heard = new HeardResults();
        RecognitionStream stream = shared.open(heard);
        stream.send(ByteBuffer.allocate(16_000));
        heard.awaitPartial();
        int taken = 0;
        int more;
        do {
            more = stream.send(ByteBuffer.allocate(32_000));
            taken += more;
        } while (more > 0);
        // What the network takes in flight, and the queue's 64 000.
        assertThat(taken).isBetween(64_000, 2_000_000);
        stream.abort();
        assertThat(server.awaitNoStream()).isTrue();
    }

    @Test
    void ends_a_stream_that_gets_no_audio_as_the_service_does() throws Exception {
        TranscribeServerOptions impatient = TranscribeServerOptions.defaults().withIdle(Duration.ofMillis(300));
        try (TranscribeServer strict = TranscribeServer.start(impatient);
                RecognizerUnderTest recognizer =
                        RecognizerUnderTest.against(strict).build()) {
            HeardResults heard = new HeardResults();
            recognizer.open(heard).send(ByteBuffer.allocate(32_000));
            RecognitionFailure failure = heard.awaitEnd();
            assertThat(failure.retryable()).isTrue();
            assertThat(failure.message()).contains("no new audio was received for 15 seconds");
        }
    }

    @Test
    void hears_of_the_account_limit() throws Exception {
        TranscribeServerOptions small = TranscribeServerOptions.defaults().withStreamLimit(1);
        try (TranscribeServer strict = TranscribeServer.start(small);
                RecognizerUnderTest recognizer =
                        RecognizerUnderTest.against(strict).build()) {
            HeardResults first = new HeardResults();
            RecognitionStream running = recognizer.open(first);
            running.send(ByteBuffer.allocate(16_000));
            first.awaitPartial();
            HeardResults second = new HeardResults();
            recognizer.open(second);
            assertThat(second.awaitEnd().kind()).isEqualTo(LIMIT_EXCEEDED);
            running.finish();
            assertThat(first.awaitEnd()).isNull();
        }
    }

    @Test
    void is_busy_beyond_its_own_limit_and_free_again_after_abort() throws Exception {
        List<RecognitionStream> streams = new ArrayList<>();
        for (int i = 0; i < LIMIT; i++) {
            streams.add(shared.open(new HeardResults()));
        }
        assertThatThrownBy(() -> shared.open(new HeardResults()))
                .isInstanceOfSatisfying(
                        RecognitionException.class,
                        refusal -> assertThat(refusal.failure().kind()).isEqualTo(BUSY));
        streams.forEach(RecognitionStream::abort);
        streams.forEach(RecognitionStream::abort);
        assertThat(shared.freePermits()).isEqualTo(LIMIT);
        assertThat(server.awaitNoStream()).isTrue();
    }

    @Test
    void says_nothing_after_abort() throws Exception {
        HeardResults heard = new HeardResults();
        RecognitionStream stream = shared.open(heard);
        stream.send(ByteBuffer.allocate(64_000));
        heard.awaitPartial();
        stream.abort();
        int before = heard.partials.size();
        assertThat(server.awaitNoStream()).isTrue();
        assertThat(heard.ended()).isFalse();
        assertThat(heard.partials).hasSize(before);
        assertThat(stream.send(ByteBuffer.allocate(3200))).isZero();
    }

    @Test
    void survives_abort_at_any_moment_of_the_start() throws Exception {
        for (int i = 0; i < 50; i++) {
            RecognitionStream stream = shared.open(new HeardResults());
            LockSupport.parkNanos(i * 100_000L);
            stream.abort();
        }
        assertThat(shared.freePermits()).isEqualTo(LIMIT);
        assertThat(server.awaitNoStream()).isTrue();
    }

    @Test
    void refuses_a_secret_of_which_one_byte_is_wrong() throws Exception {
        try (RecognizerUnderTest recognizer = RecognizerUnderTest.against(server)
                .secret("xJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
                .build()) {
            HeardResults heard = new HeardResults();
            recognizer.open(heard);
            RecognitionFailure failure = heard.awaitEnd();
            assertThat(failure.kind()).isEqualTo(UNAVAILABLE);
            assertThat(failure.retryable()).isFalse();
            assertThat(failure.message()).contains("credentials").contains("InvalidSignatureException");
            assertThat(failure.remedy()).contains("AWS_SECRET_ACCESS_KEY").doesNotContain("JalrXUtnFEMI");
        }
    }

    @Test
    void signs_with_a_session_token() throws Exception {
        TranscribeServerOptions temporary = TranscribeServerOptions.defaults().withSessionToken("token");
        try (TranscribeServer strict = TranscribeServer.start(temporary);
                RecognizerUnderTest recognizer =
                        RecognizerUnderTest.against(strict).token("token").build()) {
            HeardResults heard = new HeardResults();
            RecognitionStream stream = recognizer.open(heard);
            stream.send(ByteBuffer.allocate(16_000));
            stream.finish();
            assertThat(heard.awaitEnd()).isNull();
        }
    }

    @Test
    void names_the_network_when_nobody_listens() throws Exception {
        try (Socket nobody = Ports.refusing();
                RecognizerUnderTest recognizer = RecognizerUnderTest.against(
                                URI.create("http://127.0.0.1:" + nobody.getLocalPort()))
                        .build()) {
            HeardResults heard = new HeardResults();
            recognizer.open(heard);
            RecognitionFailure failure = heard.awaitEnd();
            assertThat(failure.kind()).isEqualTo(UNAVAILABLE);
            assertThat(failure.retryable()).isTrue();
            assertThat(failure.remedy()).contains("AWS_REGION"); // also where the SDK does not tell of the refusal
        }
    }

    @Test
    void leaves_nothing_behind_after_two_hundred_streams() throws Exception {
        HashSet<String> sessionIds = new HashSet<>();
        int threads = 0;
        for (int i = 0; i < 200; i++) {
            HeardResults heard = new HeardResults();
            RecognitionStream stream = shared.open(heard);
            stream.send(ByteBuffer.allocate(6400));
            stream.finish();
            assertThat(heard.awaitEnd()).isNull();
            sessionIds.add(server.lastStream().sessionId());
            if (i == 20) {
                threads = Thread.activeCount();
            }
        }
        assertThat(sessionIds).hasSize(200);
        assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads);
        assertThat(shared.freePermits()).isEqualTo(LIMIT);
        assertThat(server.awaitNoStream()).isTrue();
        assertThat(server.openConnections()).isLessThanOrEqualTo(2 * LIMIT);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
