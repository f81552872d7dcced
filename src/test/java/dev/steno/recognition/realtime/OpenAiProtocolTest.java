package dev.steno.recognition.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.recognition.RecognitionRequest;
import dev.steno.recognition.RecognitionResult;
import dev.steno.recognition.RecognitionStream;
import dev.steno.recognition.SpeechRecognizer;
import dev.steno.testing.Clip;
import dev.steno.testing.RecordedRecognition;
import dev.steno.testing.engine.EngineServer;
import dev.steno.testing.engine.Tones;
import dev.steno.transcript.SessionId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What differs from server to server, and from model to model. */
class OpenAiProtocolTest {
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final Clip speech = Tones.speak("alpha bravo charlie. juliet india. foxtrot golf alpha");

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void speaks_the_first_version_of_the_protocol_and_finds_the_turns_itself() throws Exception {
        try (EngineServer server = EngineServer.speaches(Tones::hearing)) {
            RecordedRecognition recorded = transcribe(server, Map.of());
            assertThat(recorded.text()).isEqualTo(speech.text());
            assertThat(recorded.finals()).hasSize(3);
            RecognitionResult second = recorded.finals().get(1);
            assertThat(second.start()).isBetween(1.05, 2.2);
            assertThat(second.end()).isBetween(2.7, 3.9);
            assertThat(server.lastConfiguration()).contains("\"turn_detection\":null", "\"language\":\"en\"");
        }
    }

    @Test
    void commits_at_pauses_where_the_model_has_no_voice_detection() throws Exception {
        try (EngineServer server = EngineServer.openAi(Tones::hearing)) {
            RecordedRecognition recorded =
                    transcribe(server, Map.of("REALTIME_MODEL", "gpt-live-transcribe", "phrases", "Ann,Bob"));
            assertThat(recorded.text()).isEqualTo(speech.text());
            assertThat(recorded.finals()).hasSize(3);
            assertThat(recorded.partials()).isNotEmpty();
            assertThat(server.lastTarget()).isEqualTo("/v1/realtime?intent=transcription");
            assertThat(server.lastConfiguration())
                    .contains(
                            "\"type\":\"transcription\"",
                            "\"model\":\"gpt-live-transcribe\"",
                            "\"keywords\":[\"Ann\",\"Bob\"]",
                            "\"turn_detection\":null");
        }
    }

    @Test
    void hands_phrases_to_other_models_as_a_prompt() throws Exception {
        try (EngineServer server = EngineServer.openAi(Tones::hearing)) {
            RecordedRecognition recorded = transcribe(server, Map.of("phrases", "Ann,Bob"));
            assertThat(recorded.text()).isEqualTo(speech.text());
            assertThat(server.lastConfiguration()).contains("\"prompt\":\"Ann, Bob\"", "server_vad");
        }
        try (EngineServer server = EngineServer.nemo(Tones::hearing)) {
            transcribe(server, Map.of("REALTIME_DIALECT", "nemo", "phrases", "Ann,Bob"));
            assertThat(server.lastConfiguration()).contains("\"phrases\":[\"Ann\",\"Bob\"]");
        }
    }

    private RecordedRecognition transcribe(EngineServer server, Map<String, String> others) throws Exception {
        Map<String, String> values = new HashMap<>(others);
        values.put("REALTIME_URL", server.address().toString());
        values.put("REALTIME_API_KEY", EngineServer.KEY);
        SpeechRecognizer recognizer = TestRealtime.recognizer(values, threads);
        String phrases = others.getOrDefault("phrases", "");
        RecognitionRequest request = recognizer.prepare(
                SessionId.random(), Map.of(), phrases.isEmpty() ? Map.of() : Map.of("phrases", phrases));
        RecordedRecognition recorded = new RecordedRecognition();
        RecognitionStream stream = recognizer.open(request, recorded);
        recorded.send(stream, speech.audio(), 3_200);
        stream.finish();
        return recorded.awaitEnd();
    }
}
