package dev.steno.it.listening;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.it.SharedSteno;
import dev.steno.testing.Clip;
import dev.steno.testing.DoorClient;
import dev.steno.testing.SentAudio;
import dev.steno.testing.StenoClient;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.WordErrorRate;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Clients of vosk-server, in lock-step as its own samples are. */
@DisabledIfSystemProperty(named = "steno.slim", matches = "true", disabledReason = SharedSteno.SLIM)
class VoskIT {
    private final StenoProcess steno = SharedSteno.listening();
    private final Clip clip = Clip.shipped("weather.wav");

    @Test
    void hears_word_for_word_what_steno_itself_hears() throws IOException {
        String own;
        try (StenoClient client = StenoClient.connect(steno.base())) {
            client.binary(clip.audio());
            client.control("stop");
            client.await("saved");
            own = client.text();
        }
        SharedSteno.awaitRecordings(steno, 0);
        long before = transcripts();
        try (DoorClient client = DoorClient.connect(steno.base(), "vosk")) {
            client.text("{\"config\":{\"sample_rate\":\"16000\",\"words\":1}}");
            List<JsonObject> replies = play(client, clip.audio(), 8_000);
            client.text("{\"eof\" : 1}");
            replies.add(client.next());
            assertThat(client.awaitClose().getCloseCode().getCode()).isEqualTo(1000);
            assertThat(client.rest()).isEmpty();
            assertThat(text(replies)).isEqualTo(own);
            assertThat(replies.stream()
                            .flatMap(reply -> reply.containsKey("result")
                                    ? reply.getJsonArray("result").getValuesAs(JsonObject.class).stream()
                                    : Stream.of())
                            .map(word -> word.getString("word"))
                            .collect(Collectors.joining(" ")))
                    .isEqualTo(own);
        }
        assertThat(transcripts()).isEqualTo(before + 1);
    }

    @Test
    void hears_the_48_khz_of_jigasi_and_the_8_khz_of_a_telephone() {
        assertThat(errors(
                        "{\"config\":{\"sample_rate\":48000.0,\"words\":true}}",
                        SentAudio.pcm(clip.audio(), 48_000),
                        9_600))
                .isLessThanOrEqualTo(0.25);
        assertThat(errors("", SentAudio.pcm(clip.audio(), 8_000), 1_600)).isLessThanOrEqualTo(0.4);
    }

    private double errors(String config, byte[] audio, int chunkBytes) {
        try (DoorClient client = DoorClient.connect(steno.base(), "vosk?language_code=en-US")) {
            if (!config.isEmpty()) {
                client.text(config);
            }
            List<JsonObject> replies = play(client, audio, chunkBytes);
            client.text("{\"eof\":1}");
            replies.add(client.next());
            return WordErrorRate.of(clip.text(), text(replies)).rate();
        }
    }

    @Test
    void answers_a_reset_with_a_result_and_goes_on() {
        try (DoorClient client = DoorClient.connect(steno.base(), "vosk")) {
            client.text("{\"config\":{\"sample_rate\":16000,\"max_alternatives\":1}}");
            play(client, clip.audio(), 8_000);
            client.text("{\"reset\":1}");
            JsonObject result = client.next();
            assertThat(result.getJsonArray("alternatives").getJsonObject(0).containsKey("text"))
                    .isTrue();
            client.binary(new byte[3_200]);
            client.next();
            client.text("not json");
            client.next();
            client.text("{\"eof\":1}");
            client.next();
            assertThat(client.awaitClose().getCloseCode().getCode()).isEqualTo(1000);
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void closes_with_the_reason_where_the_protocol_has_no_error() {
        try (DoorClient client = DoorClient.connect(steno.base(), "vosk?language_code=tlh")) {
            client.binary(new byte[3_200]);
            assertThat(client.awaitClose().getCloseCode().getCode()).isEqualTo(1008);
            assertThat(client.awaitClose().getReasonPhrase()).contains("language_code");
        }
    }

    /** Sends the next chunk when the last one is answered. */
    private static List<JsonObject> play(DoorClient client, byte[] audio, int chunkBytes) {
        List<JsonObject> replies = new ArrayList<>();
        for (int from = 0; from < audio.length; from += chunkBytes) {
            client.binary(Arrays.copyOfRange(audio, from, Math.min(audio.length, from + chunkBytes)));
            replies.add(client.next());
        }
        return replies;
    }

    private static String text(List<JsonObject> replies) {
        return replies.stream()
                .filter(reply -> reply.get("text") instanceof JsonString)
                .map(reply -> reply.getString("text"))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private long transcripts() throws IOException {
        try (Stream<Path> files = Files.list(steno.archive())) {
            return files.filter(file -> file.toString().endsWith(".txt")).count();
        }
    }
}
