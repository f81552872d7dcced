package dev.steno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.testing.Clip;
import dev.steno.testing.StenoClient;
import dev.steno.testing.StenoProcess;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Steno against Steno: another one's doors are the engine, with real speech; and the words are those of the direct way. */
@DisabledIfSystemProperty(named = "steno.slim", matches = "true", disabledReason = SharedSteno.SLIM)
class EnginesIT {
    private static final int CHUNK_BYTES = 32_000;

    private final StenoProcess engine = SharedSteno.listening();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS) // the log says why
    private Path folder;

    @Test
    void hears_through_another_steno_what_that_one_hears() {
        Map<String, String> settings = Map.of(
                "TRANSCRIPTION_ENGINE", "realtime,vosk",
                "REALTIME_URL", webSocket("v1/realtime"),
                "REALTIME_API_KEY", "sk-never-logged-0123456789",
                "VOSK_URL", "{\"en-US\":\"" + webSocket("vosk") + "\"}",
                "SESSION_STOP_TIMEOUT", "PT50S",
                "LOG_LEVEL", "DEBUG");
        String direct = transcribe(engine);
        try (StenoProcess steno = StenoProcess.start(folder, settings).awaitOk("healthz/ready")) {
            assertThat(info(steno).getJsonArray("engines").toString()).isEqualTo("[\"realtime\",\"vosk\"]");
            assertThat(info(steno).getString("engine")).isEqualTo("realtime");
            assertThat(transcribe(steno)).isEqualTo(direct);
            assertThat(steno.log()).doesNotContain("never-logged");
        }
        settings =
                Map.of("TRANSCRIPTION_ENGINE", "vosk", "VOSK_URL", webSocket("vosk"), "SESSION_STOP_TIMEOUT", "PT50S");
        try (StenoProcess steno = StenoProcess.start(folder, settings).awaitOk("healthz/ready")) {
            assertThat(transcribe(steno)).isEqualTo(direct);
        }
    }

    private String webSocket(String door) {
        return engine.base().resolve(door).toString().replace("http:", "ws:");
    }

    private static String transcribe(StenoProcess steno) {
        try (StenoClient client = StenoClient.connect(steno.base())) {
            byte[] speech = Clip.shipped("sentences.wav").audio();
            for (int from = 0; from < speech.length; from += CHUNK_BYTES) {
                client.binary(Arrays.copyOfRange(speech, from, Math.min(speech.length, from + CHUNK_BYTES)));
            }
            client.control("stop");
            client.await("saved");
            return client.text();
        }
    }

    private static JsonObject info(StenoProcess steno) {
        URI address = steno.base().resolve("info");
        try (JsonReader reader = Json.createReader(address.toURL().openStream())) {
            return reader.readObject();
        } catch (IOException e) {
            throw new AssertionError(address.toString(), e);
        }
    }
}
