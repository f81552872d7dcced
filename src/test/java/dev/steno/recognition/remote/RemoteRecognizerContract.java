package dev.steno.recognition.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.steno.recognition.RecognitionException;
import dev.steno.recognition.RecognitionFailure;
import dev.steno.recognition.RecognitionFailure.Kind;
import dev.steno.recognition.RecognitionStream;
import dev.steno.recognition.RecognizerStatus.State;
import dev.steno.recognition.SpeechRecognizer;
import dev.steno.recognition.SpeechRecognizerContract;
import dev.steno.testing.Clip;
import dev.steno.testing.Ports;
import dev.steno.testing.RecordedRecognition;
import dev.steno.testing.engine.EngineServer;
import dev.steno.testing.engine.Hearing;
import dev.steno.testing.engine.Tones;
import dev.steno.testing.transcribe.AudioDigest;
import dev.steno.testing.transcribe.Fault;
import dev.steno.transcript.AudioFormat;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every engine behind a WebSocket does, against a strict stand-in of its server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class RemoteRecognizerContract extends SpeechRecognizerContract {
    private static final int LIMIT = 3;
    private static final int CHUNK_BYTES = 3_200;
    private static final Map<String, String> SETTINGS =
            Map.of("TRANSCRIBE_STREAM_LIMIT", Integer.toString(LIMIT), "TRANSCRIBE_START_TIMEOUT", "PT10S");

    private final Clip sentence = Tones.speak("alpha echo bravo india charlie");
    private final Clip otherSentence = Tones.speak("golf hotel delta");
    private final Clip sentences = Tones.speak("alpha bravo charlie. juliet india. foxtrot golf alpha");
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final boolean hashes;
    private EngineServer server;
    private SpeechRecognizer recognizer;

    /** @param hashes whether the server gets the audio as it is, and cuts it itself */
    protected RemoteRecognizerContract(boolean hashes) {
        this.hashes = hashes;
    }

    protected abstract EngineServer server(Hearing.Maker hearing);

    protected abstract SpeechRecognizer recognizer(URI address, Map<String, String> others, Executor executor);

    protected abstract int freeStreams(SpeechRecognizer of);

    @BeforeAll
    void start() {
        server = server(Tones::hearing);
        recognizer = recognizer(server.address(), SETTINGS, threads);
    }

    @AfterAll
    void stop() {
        server.close();
        threads.shutdownNow();
    }

    @Override
    protected final SpeechRecognizer recognizer() {
        return recognizer;
    }

    @Override
    protected final Clip sentence() {
        return sentence;
    }

    @Override
    protected final Clip otherSentence() {
        return otherSentence;
    }

    @Override
    protected final Clip sentencesWithPauses() {
        return sentences;
    }

    @Test
    void hears_exactly_what_was_said() throws RecognitionException {
        RecordedRecognition recorded = new RecordedRecognition();
        RecognitionStream stream = open(recorded);
        recorded.send(stream, sentences.audio(), 5_000);
        stream.finish();
        assertThat(recorded.awaitEnd().text()).isEqualTo(sentences.text());
        assertThat(recorded.finals()).hasSize(3);
        server.awaitNoConnection();
    }

    @Test
    void transcribes_every_byte_once_and_in_order() throws RecognitionException {
        if (!hashes) {
            return; // the audio is converted, or cut by the client: words show it
        }
        byte[] audio = new byte[500_002];
        new Random(5).nextBytes(audio);
        try (EngineServer hashing = server(Hearing::hashes)) {
            RecordedRecognition recorded = new RecordedRecognition();
            RecognitionStream stream =
                    recognizer(hashing.address(), SETTINGS, threads).open(request(), recorded);
            recorded.send(stream, audio, 12_346);
            stream.finish();
            assertThat(recorded.awaitEnd().text()).isEqualTo(String.join(" ", AudioDigest.finals(audio)));
        }
    }

    static Stream<Arguments> breaks() {
        return Stream.of(
                arguments(Fault.reject(401, ""), Kind.UNAVAILABLE, false),
                arguments(Fault.reject(404, ""), Kind.UNAVAILABLE, false),
                arguments(Fault.reject(429, ""), Kind.LIMIT_EXCEEDED, true),
                arguments(Fault.reject(503, ""), Kind.FAILED, true),
                arguments(Fault.of(Fault.Kind.REFUSE_CONNECTION), null, true),
                arguments(Fault.of(Fault.Kind.EXCEPTION).after(32_000), Kind.FAILED, true),
                arguments(Fault.of(Fault.Kind.RESET).after(32_000), Kind.FAILED, true),
                arguments(Fault.of(Fault.Kind.GOAWAY).after(32_000), Kind.FAILED, true),
                arguments(Fault.of(Fault.Kind.CLOSE).after(32_000), Kind.FAILED, true),
                arguments(Fault.of(Fault.Kind.END).after(32_000), Kind.FAILED, true),
                arguments(Fault.of(Fault.Kind.CORRUPT).after(32_000), Kind.FAILED, true),
                arguments(Fault.of(Fault.Kind.RESET_AT_END), Kind.FAILED, true),
                arguments(Fault.of(Fault.Kind.END_WITHOUT_FINAL), Kind.FAILED, true));
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void reports_a_break_and_gives_all_back(Fault fault, Kind kind, boolean retryable) throws RecognitionException {
        // The JDK's client tries again by itself when a connection is reset before the handshake is answered.
        server.play(Collections.nCopies(fault.kind() == Fault.Kind.REFUSE_CONNECTION ? 20 : 1, fault)
                .toArray(Fault[]::new));
        RecordedRecognition recorded = new RecordedRecognition();
        RecognitionStream stream = open(recorded);
        stream.send(ByteBuffer.wrap(sentence.audio(), 0, 40_000));
        stream.finish();

        RecognitionFailure failure = recorded.awaitEnd().failures().get(0);
        server.forgetFaults();
        if (kind != null) {
            assertThat(failure.kind()).isEqualTo(kind);
        }
        assertThat(failure.retryable()).isEqualTo(retryable);
        assertThat(failure.message() + failure.remedy()).doesNotContain(EngineServer.KEY, "null");
        assertThat(stream.send(ByteBuffer.allocate(CHUNK_BYTES))).isZero();
        assertThat(freeStreams(recognizer)).isEqualTo(LIMIT);
        server.awaitNoConnection();
    }

    @Test
    void gives_up_a_handshake_that_is_not_answered_and_says_so_to_probes() throws RecognitionException {
        SpeechRecognizer impatient = recognizer(server.address(), Map.of("TRANSCRIBE_START_TIMEOUT", "PT1S"), threads);
        assertThat(impatient.status().state()).isEqualTo(State.READY);
        for (int i = 0; i < 3; i++) {
            server.play(Fault.of(Fault.Kind.HANG_START));
            RecordedRecognition recorded = new RecordedRecognition();
            impatient.open(request(), recorded);
            RecognitionFailure failure = recorded.awaitEnd().failures().get(0);
            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure.retryable()).isTrue();
        }
        assertThat(impatient.status().state()).isEqualTo(State.UNAVAILABLE);
        assertThat(impatient.status().detail()).contains("_URL");
        RecordedRecognition recorded = new RecordedRecognition();
        impatient.open(request(), recorded).finish();
        assertThat(recorded.awaitEnd().events()).containsExactly("completed");
        assertThat(impatient.status().state()).isEqualTo(State.READY);
        server.awaitNoConnection();
    }

    @Test
    void names_the_address_when_nobody_listens() throws Exception {
        try (Socket nobody = Ports.refusing()) {
            String there = server.address().toString();
            URI address = URI.create(there.replace(":" + server.address().getPort(), ":" + nobody.getLocalPort()));
            RecordedRecognition recorded = new RecordedRecognition();
            recognizer(address, SETTINGS, threads).open(request(), recorded);
            RecognitionFailure failure = recorded.awaitEnd().failures().get(0);
            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure.retryable()).isTrue();
            assertThat(failure.remedy()).contains("_URL");
        }
    }

    /** On a server of its own, which does not see that a connection is gone while it does not read. */
    @Test
    void takes_no_more_than_its_room_while_the_server_reads_nothing() throws RecognitionException {
        try (EngineServer stalling = server(Tones::hearing)) {
            stalling.play(Fault.of(Fault.Kind.STALL).after(CHUNK_BYTES));
            SpeechRecognizer stalled = recognizer(stalling.address(), SETTINGS, threads);
            RecognitionStream stream = stalled.open(request(), new RecordedRecognition());
            long taken = 0;
            int idle = 0;
            while (idle < 200 && taken < 40_000_000) {
                int more = stream.send(ByteBuffer.allocate(AudioFormat.BYTES_PER_SECOND));
                taken += more;
                idle = more == 0 ? idle + 1 : 0;
                LockSupport.parkNanos(2_000_000);
            }
            // The queue's 64 000, and what the network takes in flight.
            assertThat(taken).isBetween(64_000L, 30_000_000L);
            stream.abort();
            assertThat(freeStreams(stalled)).isEqualTo(LIMIT);
        }
    }

    @Test
    void survives_abort_at_any_moment_of_the_start() throws RecognitionException {
        for (int i = 0; i < 40; i++) {
            RecognitionStream stream = open(new RecordedRecognition());
            stream.send(ByteBuffer.wrap(Arrays.copyOf(sentence.audio(), CHUNK_BYTES)));
            LockSupport.parkNanos(i * 200_000L);
            stream.abort();
        }
        assertThat(freeStreams(recognizer)).isEqualTo(LIMIT);
        server.awaitNoConnection();
    }

    @Test
    void is_slow_but_whole_when_the_server_is_slow() throws RecognitionException {
        server.play(Fault.of(Fault.Kind.SLOW_START).lasting(Duration.ofMillis(700)));
        RecordedRecognition recorded = new RecordedRecognition();
        RecognitionStream stream = open(recorded);
        recorded.send(stream, sentences.audio(), CHUNK_BYTES);
        stream.finish();
        assertThat(recorded.awaitEnd().text()).isEqualTo(sentences.text());
    }

    /** The times of words are those of the tones; where there are no words, a final lies around them. */
    @Test
    void knows_when_each_sentence_was_said() throws RecognitionException {
        RecordedRecognition recorded = new RecordedRecognition();
        RecognitionStream stream = open(recorded);
        recorded.send(stream, sentences.audio(), CHUNK_BYTES);
        stream.finish();
        List<double[]> said = List.of(new double[] {0.1, 1.05}, new double[] {2.15, 2.75}, new double[] {3.85, 4.8});
        recorded.awaitEnd();
        for (int i = 0; i < said.size(); i++) {
            assertThat(recorded.finals().get(i).start()).isLessThanOrEqualTo(said.get(i)[0] + 0.05);
            assertThat(recorded.finals().get(i).end()).isBetween(said.get(i)[1] - 0.15, said.get(i)[1] + 1.1);
        }
    }
}
