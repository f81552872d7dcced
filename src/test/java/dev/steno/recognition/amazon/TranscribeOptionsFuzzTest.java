package dev.steno.recognition.amazon;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.steno.recognition.RecognitionRequest;
import dev.steno.recognition.RefusedOptionsException;
import dev.steno.transcript.SessionId;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

class TranscribeOptionsFuzzTest {
    /** Lines {@code name=value}: the client's options, after a blank line the configured ones. */
    @FuzzTest(maxDuration = "10m")
    void asks_the_service_for_options_or_says_which_one_is_wrong(byte[] input) {
        String[] halves = new String(input, StandardCharsets.UTF_8).split("\n\n", 2);
        try {
            RecognitionRequest request = TranscribeOptions.prepare(
                    SessionId.random(), options(halves.length < 2 ? "" : halves[1]), options(halves[0]));
            assertThat(TranscribeOption.NAMES).containsAll(request.options().keySet());
            assertThat(TranscribeMapping.request(request, UUID.randomUUID()).mediaSampleRateHertz())
                    .isEqualTo(16_000);
        } catch (RefusedOptionsException e) {
            assertThat(e).message().isNotBlank();
        }
    }

    private static Map<String, String> options(String lines) {
        Map<String, String> options = new LinkedHashMap<>();
        lines.lines().forEach(line -> {
            int equals = line.indexOf('=');
            options.put(line.substring(0, Math.max(0, equals)), line.substring(equals + 1));
        });
        return options;
    }
}
