package dev.steno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.testing.Clip;
import dev.steno.testing.StenoClient;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.transcribe.Fault;
import dev.steno.testing.transcribe.Fault.Kind;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Amazon Transcribe is preferred, breaks in mid-recording and stays away; the embedded engine goes on. */
class FailoverIT {
    /** The stand-in's first final ends there. */
    private static final double FIRST_FINAL_SECONDS = 3;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS) // the log says why
    private Path folder;

    @Test
    void goes_on_with_the_embedded_engine_from_the_last_final() throws Exception {
        try (AmazonStandIns amazon = new AmazonStandIns();
                StenoProcess steno = StenoProcess.start(
                                folder, amazon.settings("TRANSCRIPTION_ENGINE", "amazon-transcribe,sphinx"))
                        .awaitOk("healthz/ready");
                StenoClient client = StenoClient.connect(steno.base())) {
            amazon.transcribe().play(Fault.of(Kind.CLOSE).after(110_000));
            amazon.transcribe()
                    .play(Collections.nCopies(50, Fault.reject(503, "ServiceUnavailableException"))
                            .toArray(Fault[]::new));
            byte[] speech = speech();
            AmazonStandIns.send(client, speech);
            assertThat(client.await("session").getString("engine")).isEqualTo("amazon-transcribe");
            client.await("status", status -> status.getString("engine", "").equals("sphinx"));
            client.control("stop");
            String key = client.await("saved").getString("s3_key");

            List<JsonObject> segments = segments(amazon, key.replace(".txt", ".json"));
            assertThat(segments.get(0).getString("engine")).isEqualTo("amazon-transcribe");
            assertThat(segments.subList(1, segments.size())).isNotEmpty().allSatisfy(segment -> {
                assertThat(segment.getString("engine")).isEqualTo("sphinx");
                assertThat(segment.getJsonNumber("start").doubleValue()).isGreaterThanOrEqualTo(FIRST_FINAL_SECONDS);
            });
        }
    }

    /** A clip behind as much silence as the stand-in makes a final of. */
    private static byte[] speech() {
        byte[] clip = Clip.shipped().get(0).audio();
        byte[] silence = new byte[(int) (FIRST_FINAL_SECONDS * 32_000)];
        byte[] all = Arrays.copyOf(silence, silence.length + clip.length);
        System.arraycopy(clip, 0, all, silence.length, clip.length);
        return all;
    }

    private static List<JsonObject> segments(AmazonStandIns amazon, String key) {
        try (JsonReader json =
                Json.createReader(new StringReader(amazon.s3().text(key).orElseThrow()))) {
            return json.readObject().getJsonArray("segments").getValuesAs(JsonObject.class);
        }
    }
}
