package dev.steno.session.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.recognition.Engines;
import dev.steno.recognition.SpeechRecognizer;
import dev.steno.recognition.realtime.TestRealtime;
import dev.steno.recognition.vosk.TestVosk;
import dev.steno.session.SessionEvent;
import dev.steno.session.upstream.UpstreamState;
import dev.steno.testing.engine.EngineServer;
import dev.steno.testing.engine.Hearing;
import dev.steno.testing.transcribe.CoveredAudio;
import dev.steno.testing.transcribe.Fault;
import dev.steno.testing.transcribe.Fault.Kind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the session makes of one engine behind a WebSocket: pauses, roll-over and stalls, as on Amazon. */
class RemoteSessionsTest {
    private static final byte[] AUDIO = new byte[8 * 32_000];

    private final ExecutorService http = Executors.newFixedThreadPool(2);

    @TempDir
    private Path journals;

    static {
        new Random(11).nextBytes(AUDIO);
    }

    @AfterEach
    void stop() {
        http.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"vosk", "nemo"})
    void holds_no_stream_in_a_pause_and_goes_on_behind_it(String engine) throws Exception {
        try (EngineServer server = server(engine);
                AmazonSessions sessions = sessions(engine, server, Map.of())) {
            AmazonSessions.Client client = sessions.connect();
            client.speak(Arrays.copyOf(AUDIO, 4 * 32_000));
            client.session.pause();
            client.await(
                    event -> event instanceof SessionEvent.Status status && status.state() == UpstreamState.PAUSED);
            server.awaitNoConnection();
            client.speak(Arrays.copyOfRange(AUDIO, 4 * 32_000, AUDIO.length));
            client.session.stop();
            client.closed();
            CoveredAudio.assertCovered(client.finals(), AUDIO);
            assertThat(server.callsSeen()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"vosk", "nemo"})
    void replaces_a_stream_before_it_is_too_old(String engine) throws Exception {
        try (EngineServer server = server(engine);
                AmazonSessions sessions = sessions(engine, server, Map.of("TRANSCRIBE_MAX_STREAM_DURATION", "PT10S"))) {
            byte[] audio = new byte[30 * 32_000];
            new Random(13).nextBytes(audio);
            AmazonSessions.Client client = sessions.connect();
            client.speak(audio);
            client.session.stop();
            client.closed();
            CoveredAudio.assertCovered(client.finals(), audio);
            assertThat(server.callsSeen()).isGreaterThan(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"vosk", "nemo"})
    void replaces_a_stream_that_stalls(String engine) throws Exception {
        try (EngineServer server = server(engine);
                AmazonSessions sessions = sessions(engine, server, Map.of("TRANSCRIBE_STALL_TIMEOUT", "PT10S"))) {
            server.play(Fault.of(Kind.STALL).after(100_000));
            AmazonSessions.Client client = sessions.connect();
            client.speak(AUDIO);
            client.session.stop();
            client.closed();
            CoveredAudio.assertCovered(client.finals(), AUDIO);
            assertThat(server.callsSeen()).isGreaterThan(1);
        }
    }

    private static EngineServer server(String engine) {
        return engine.equals("vosk") ? EngineServer.vosk(Hearing::hashes) : EngineServer.nemo(Hearing::hashes);
    }

    private AmazonSessions sessions(String engine, EngineServer server, Map<String, String> others) {
        Map<String, String> values = new HashMap<>(others);
        values.put("VOSK_URL", server.address().toString());
        values.put("REALTIME_URL", server.address().toString());
        values.put("REALTIME_API_KEY", EngineServer.KEY);
        values.put("REALTIME_DIALECT", "nemo");
        SpeechRecognizer recognizer =
                engine.equals("vosk") ? TestVosk.recognizer(values, http) : TestRealtime.recognizer(values, http);
        AmazonSessions sessions = new AmazonSessions(journals, Map.of());
        sessions.use(Engines.of(recognizer));
        return sessions;
    }
}
