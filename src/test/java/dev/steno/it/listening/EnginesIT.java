package dev.steno.it.listening;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.it.SharedSteno;
import dev.steno.testing.Clip;
import dev.steno.testing.StenoClient;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.engine.EngineServer;
import dev.steno.testing.engine.Tones;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Steno against Steno: another one's doors are the engine, with real speech; and the words are those of the direct way.
 */
@DisabledIfSystemProperty(named = "steno.slim", matches = "true", disabledReason = SharedSteno.SLIM)
class EnginesIT {
    /** Debian's, for which it has python3-websockets. */
    private static final String PYTHON = "/usr/bin/python3";

    private static final int CHUNK_BYTES = 32_000;

    private final StenoProcess engine = SharedSteno.listening();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS) // the log says why
    private Path folder;

    @Test
    void hears_through_another_steno_what_that_one_hears() throws Exception {
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
        try (EngineServer tones = EngineServer.vosk(Tones::hearing);
                StenoProcess steno = StenoProcess.start(folder, vosk(tones)).awaitOk("healthz/ready")) {
            assertThat(transcribe(steno)).isEqualTo(direct);
            eightClientsOfVoskHear(steno);
        }
    }

    private Map<String, String> vosk(EngineServer german) {
        String servers = "{\"en-US\":\"" + webSocket("vosk") + "\",\"de-DE\":\"" + german.address() + "\"}";
        return Map.of("TRANSCRIPTION_ENGINE", "vosk", "VOSK_URL", servers, "SESSION_STOP_TIMEOUT", "PT50S");
    }

    /** Python's websockets, by which vosk-server's own samples are written; each with a stream of its own behind. */
    private void eightClientsOfVoskHear(StenoProcess steno) throws IOException, InterruptedException {
        if (!hasWebsockets()) {
            assertThat(System.getenv("CI")).as("CI has python3-websockets").isNull();
            return;
        }
        Clip clip = Tones.speak("alpha bravo charlie. juliet india");
        Path audio = Files.write(folder.resolve("tones.pcm"), clip.audio());
        String address =
                steno.base().resolve("vosk?language_code=de-DE").toString().replace("http:", "ws:");
        String said = run(PYTHON, "src/test/python/vosk_clients.py", address, audio.toString(), "8");
        try (JsonReader reader = Json.createReader(new StringReader(said))) {
            List<JsonObject> clients = reader.readArray().getValuesAs(JsonObject.class);
            assertThat(clients).hasSize(8).allSatisfy(client -> {
                assertThat(client.getString("text")).isEqualTo(clip.text());
                assertThat(client.getString("words")).isEqualTo(clip.text());
                assertThat(client.getInt("code")).isEqualTo(1000);
            });
        }
    }

    private static boolean hasWebsockets() throws IOException, InterruptedException {
        return Files.isExecutable(Path.of(PYTHON))
                && run(PYTHON, "-c", "import websockets; print('there')").startsWith("there");
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return said;
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
