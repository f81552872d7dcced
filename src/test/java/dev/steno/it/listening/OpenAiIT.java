package dev.steno.it.listening;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.it.SharedSteno;
import dev.steno.testing.Clip;
import dev.steno.testing.DoorClient;
import dev.steno.testing.SentAudio;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.WordErrorRate;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** A client of OpenAI's Realtime API. */
@DisabledIfSystemProperty(named = "steno.slim", matches = "true", disabledReason = SharedSteno.SLIM)
class OpenAiIT {
    private static final String PATH = "v1/realtime?intent=transcription";
    private static final String APPEND = "{\"type\":\"input_audio_buffer.append\",\"audio\":\"%s\"}";
    private static final String COMPLETED = "conversation.item.input_audio_transcription.completed";

    private final StenoProcess steno = SharedSteno.listening();
    private final Clip clip = Clip.shipped("weather.wav");

    @Test
    void transcribes_what_was_committed() {
        List<String> protocols = List.of("realtime", "openai-insecure-api-key.whatever");
        try (DoorClient client = DoorClient.connect(steno.base(), PATH, protocols, Map.of())) {
            assertThat(client.subprotocol()).isEqualTo("realtime");
            assertThat(client.next().getString("type")).isEqualTo("session.created");
            client.text(
                    "{\"type\":\"session.update\",\"session\":{\"type\":\"transcription\",\"audio\":{\"input\":"
                            + "{\"transcription\":{\"model\":\"gpt-4o-transcribe\",\"language\":\"en\"},\"turn_detection\":null}}}}");
            assertThat(client.next().getString("type")).isEqualTo("session.updated");
            play(client, SentAudio.pcm(clip.audio(), 24_000), 4_800);
            client.text("{\"type\":\"input_audio_buffer.commit\"}");
            List<JsonObject> events =
                    client.until(event -> event.getString("type").equals(COMPLETED));
            assertThat(events)
                    .extracting(event -> event.getString("type"))
                    .containsSubsequence("input_audio_buffer.committed", "conversation.item.added", COMPLETED);
            assertThat(WordErrorRate.of(
                                    clip.text(), events.get(events.size() - 1).getString("transcript"))
                            .rate())
                    .isLessThanOrEqualTo(0.25);
        }
    }

    @Test
    void finds_the_turns_itself_in_telephone_audio_and_deltas_add_up_to_the_transcript() {
        try (DoorClient client = DoorClient.connect(steno.base(), "v1/realtime?model=whisper-1")) {
            client.next();
            client.text(
                    "{\"type\":\"transcription_session.update\",\"session\":{\"input_audio_format\":\"g711_ulaw\"}}");
            assertThat(client.next().getString("type")).isEqualTo("transcription_session.updated");
            play(client, SentAudio.mulaw(clip.audio(), 8_000), 800);
            client.text("{\"type\":\"input_audio_buffer.commit\"}");
            List<JsonObject> events = new ArrayList<>();
            do {
                events.addAll(client.until(event -> event.getString("type").equals(COMPLETED)));
            } while (WordErrorRate.of(clip.text(), joined(events, COMPLETED, "transcript"))
                            .rate()
                    > 0.4);
            assertThat(joined(events, "conversation.item.input_audio_transcription.delta", "delta"))
                    .isEqualTo(joined(events, COMPLETED, "transcript"));
        }
    }

    @Test
    void says_what_is_wrong_and_goes_on() {
        try (DoorClient client = DoorClient.connect(steno.base(), PATH)) {
            client.next();
            client.text("{\"type\":\"response.create\",\"event_id\":\"e1\"}");
            JsonObject error = client.next().getJsonObject("error");
            assertThat(error.getString("event_id")).isEqualTo("e1");
            client.text("{\"type\":\"input_audio_buffer.commit\"}");
            assertThat(client.next().getJsonObject("error").getString("code"))
                    .isEqualTo("input_audio_buffer_commit_empty");
            client.text("{\"type\":\"input_audio_buffer.clear\"}");
            assertThat(client.next().getString("type")).isEqualTo("input_audio_buffer.cleared");
        }
    }

    private static void play(DoorClient client, byte[] audio, int chunkBytes) {
        for (int from = 0; from < audio.length; from += chunkBytes) {
            client.audio(APPEND, Arrays.copyOfRange(audio, from, Math.min(audio.length, from + chunkBytes)));
        }
    }

    private static String joined(List<JsonObject> events, String type, String field) {
        return events.stream()
                .filter(event -> event.getString("type").equals(type))
                .map(event -> event.getString(field))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
    }
}
