package dev.steno.protocol.openai;

import static dev.steno.protocol.SessionEvents.PAUSED;
import static dev.steno.protocol.SessionEvents.connected;
import static dev.steno.protocol.SessionEvents.partial;
import static dev.steno.protocol.SessionEvents.problem;
import static dev.steno.protocol.SessionEvents.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.audio.AudioEncoding;
import dev.steno.audio.InputFormat;
import dev.steno.protocol.RecordedLink;
import dev.steno.session.CloseCode;
import dev.steno.session.ErrorCode;
import dev.steno.session.SessionEvent;
import jakarta.json.JsonObject;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiDialogueTest {
    private static final String CLIENT_TURNS =
            "{\"type\":\"session.update\",\"session\":{\"type\":\"transcription\",\"audio\":{\"input\":{\"turn_detection\":null}}}}";

    private final RecordedLink link = new RecordedLink();
    private final OpenAiDialogue dialogue = new OpenAiDialogue(link);
    private JsonObject greeting;

    @BeforeEach
    void connect() {
        dialogue.onEvent(connected());
        greeting = only("session.created");
    }

    @Test
    void greets_with_24_khz_and_server_turns() {
        JsonObject session = greeting.getJsonObject("session");
        assertThat(session.getString("type")).isEqualTo("transcription");
        assertThat(session.getString("id")).isEqualTo("sess_s1");
        JsonObject input = session.getJsonObject("audio").getJsonObject("input");
        assertThat(input.getJsonObject("format").toString()).isEqualTo("{\"type\":\"audio/pcm\",\"rate\":24000}");
        assertThat(input.getJsonObject("turn_detection").getString("type")).isEqualTo("server_vad");
        assertThat(link.format()).isEqualTo(new InputFormat(AudioEncoding.PCM, 24_000));
    }

    /** The client speaks at once, and a busy machine takes its time to open the session. */
    @Test
    void greets_first_and_once_whoever_speaks_first() {
        RecordedLink hurried = new RecordedLink().with("model", "gpt-4o-transcribe");
        OpenAiDialogue other = new OpenAiDialogue(hurried);
        other.onText("not json");
        other.onEvent(connected());
        List<JsonObject> replies = hurried.replies();
        assertThat(replies).extracting(reply -> reply.getString("type")).containsExactly("session.created", "error");
        assertThat(replies.get(0).toString()).contains("\"model\":\"gpt-4o-transcribe\"");
    }

    @ParameterizedTest
    @CsvSource({"audio/pcm,PCM,24000", "audio/pcmu,MULAW,8000", "audio/pcma,ALAW,8000"})
    void takes_the_formats_of_a_session_update(String type, AudioEncoding encoding, int rate) {
        dialogue.onText("{\"type\":\"session.update\",\"session\":{\"type\":\"transcription\",\"audio\":{\"input\":"
                + "{\"format\":{\"type\":\"" + type
                + "\"},\"transcription\":{\"model\":\"whisper-1\",\"language\":\"de\"}}}}}");
        JsonObject input = only("session.updated")
                .getJsonObject("session")
                .getJsonObject("audio")
                .getJsonObject("input");
        assertThat(input.getJsonObject("format").getString("type")).isEqualTo(type);
        assertThat(input.getJsonObject("transcription").getString("model")).isEqualTo("whisper-1");
        assertThat(link.format()).isEqualTo(new InputFormat(encoding, rate));
        append(10);
        assertThat(link.calls()).containsExactly("start {language_code=de-DE}", "audio 10");
    }

    @ParameterizedTest
    @CsvSource({"pcm16,PCM,24000", "g711_ulaw,MULAW,8000", "g711_alaw,ALAW,8000"})
    void answers_older_clients_in_their_own_words(String name, AudioEncoding encoding, int rate) {
        dialogue.onText("{\"type\":\"transcription_session.update\",\"session\":{\"input_audio_format\":\"" + name
                + "\",\"input_audio_transcription\":{\"model\":\"gpt-4o-transcribe\",\"language\":\"en\"}}}");
        JsonObject session = only("transcription_session.updated").getJsonObject("session");
        assertThat(session.getString("input_audio_format")).isEqualTo(name);
        assertThat(link.format()).isEqualTo(new InputFormat(encoding, rate));
    }

    @Test
    void sends_what_is_stable_as_deltas_and_the_rest_with_the_final() {
        append(4_800);
        dialogue.onEvent(new SessionEvent.Partial(0, "hello wor", 0.5, 0.9, 5));
        dialogue.onEvent(new SessionEvent.Partial(0, "hello worlds", 0.5, 1.0, 5));
        dialogue.onEvent(new SessionEvent.Partial(0, "hello world again", 0.5, 1.2, 11));
        dialogue.onEvent(settled("hello world again", 0.5, 1.3));
        assertThat(deltas()).containsExactly("hello", " world", " again");
    }

    /** After a break the engine may hear something else: what was said cannot be taken back, only completed. */
    @Test
    void appends_nothing_to_deltas_that_the_final_does_not_begin_with() {
        append(4_800);
        dialogue.onEvent(new SessionEvent.Partial(0, "hello", 0.5, 0.9, 5));
        dialogue.onEvent(new SessionEvent.Partial(0, "yellow", 0.5, 1.0, 6));
        dialogue.onEvent(settled("yellow", 0.5, 1.3));
        dialogue.onEvent(settled("two", 1.5, 1.8));
        assertThat(deltas()).containsExactly("hello", "two");
    }

    private List<String> deltas() {
        return link.replies().stream()
                .filter(event -> event.getString("type").endsWith(".delta"))
                .map(event -> event.getString("delta"))
                .toList();
    }

    @Test
    void makes_an_item_of_each_segment_and_no_delta_of_what_may_change() {
        append(4_800);
        dialogue.onEvent(partial("hell", 0.5, 0.9));
        JsonObject started = only("input_audio_buffer.speech_started");
        assertThat(started.getInt("audio_start_ms")).isEqualTo(500);
        dialogue.onEvent(partial("hello", 0.5, 1.0));
        assertThat(link.replies()).isEmpty();
        dialogue.onEvent(settled("hello world", 0.5, 1.5));
        List<JsonObject> events = link.replies();
        assertThat(events)
                .extracting(event -> event.getString("type"))
                .containsExactly(
                        "input_audio_buffer.speech_stopped",
                        "input_audio_buffer.committed",
                        "conversation.item.added",
                        "conversation.item.input_audio_transcription.delta",
                        "conversation.item.input_audio_transcription.completed");
        String item = started.getString("item_id");
        assertThat(events.get(0).getInt("audio_end_ms")).isEqualTo(1_500);
        assertThat(events.get(1).isNull("previous_item_id")).isTrue();
        assertThat(events.get(2).getJsonObject("item").getString("id")).isEqualTo(item);
        assertThat(events.get(3).getString("delta")).isEqualTo("hello world");
        assertThat(events.get(4).getString("item_id")).isEqualTo(item);
        assertThat(events.get(4).getString("transcript")).isEqualTo("hello world");
        assertThat(events.get(4).getJsonObject("usage").toString())
                .isEqualTo("{\"type\":\"duration\",\"seconds\":1.0}");
        dialogue.onEvent(settled("again", 2, 2.5));
        assertThat(link.replies().get(2).getString("previous_item_id")).isEqualTo(item);
    }

    @Test
    void makes_an_item_at_each_commit_where_the_client_finds_the_turns() {
        dialogue.onText(CLIENT_TURNS);
        link.replies();
        append(48_000); // a second
        dialogue.onEvent(partial("one", 0, 0.5));
        dialogue.onEvent(settled("one", 0, 0.4));
        assertThat(link.replies()).isEmpty();
        dialogue.onText("{\"type\":\"input_audio_buffer.commit\"}");
        List<JsonObject> events = link.replies();
        assertThat(events)
                .extracting(event -> event.getString("type"))
                .containsExactly("input_audio_buffer.committed", "conversation.item.added");
        append(48_000);
        dialogue.onText("{\"type\":\"input_audio_buffer.commit\"}");
        String second = link.replies().get(0).getString("item_id");
        dialogue.onEvent(settled("two", 0.5, 1));
        assertThat(link.replies()).isEmpty();
        dialogue.onEvent(settled("three", 1.2, 1.9));
        JsonObject completed = link.replies().get(1);
        assertThat(completed.getString("item_id")).isEqualTo(events.get(0).getString("item_id"));
        assertThat(completed.getString("transcript")).isEqualTo("one two");
        dialogue.onEvent(PAUSED);
        completed = link.replies().get(1);
        assertThat(completed.getString("item_id")).isEqualTo(second);
        assertThat(completed.getString("transcript")).isEqualTo("three");
        assertThat(link.calls()).contains("pause");
    }

    @Test
    void completes_a_commit_of_silence_with_an_empty_transcript() {
        append(48_000);
        dialogue.onText("{\"type\":\"input_audio_buffer.commit\"}");
        link.replies();
        dialogue.onEvent(PAUSED);
        assertThat(only("conversation.item.input_audio_transcription.completed").getString("transcript"))
                .isEmpty();
    }

    @Test
    void commits_the_utterance_that_goes_on() {
        append(48_000);
        dialogue.onEvent(partial("one", 0.1, 0.5));
        String item = only("input_audio_buffer.speech_started").getString("item_id");
        dialogue.onText("{\"type\":\"input_audio_buffer.commit\"}");
        assertThat(link.replies().get(0).getString("item_id")).isEqualTo(item);
        dialogue.onEvent(settled("one two", 0.1, 0.9));
        dialogue.onEvent(PAUSED);
        assertThat(link.replies().get(1).getString("transcript")).isEqualTo("one two");
    }

    @Test
    void refuses_a_commit_without_audio_as_often_as_it_comes() {
        for (int i = 0; i < 50; i++) {
            dialogue.onText("{\"type\":\"input_audio_buffer.commit\",\"event_id\":\"mine\"}");
            JsonObject error = only("error").getJsonObject("error");
            assertThat(error.getString("code")).isEqualTo("input_audio_buffer_commit_empty");
            assertThat(error.getString("event_id")).isEqualTo("mine");
        }
        assertThat(link.closed()).isEmpty();
    }

    @Test
    void drops_what_was_cleared() {
        dialogue.onText(CLIENT_TURNS);
        append(48_000);
        link.replies();
        dialogue.onText("{\"type\":\"input_audio_buffer.clear\"}");
        only("input_audio_buffer.cleared");
        dialogue.onEvent(settled("dropped", 0, 0.9));
        dialogue.onEvent(PAUSED);
        append(48_000);
        dialogue.onEvent(settled("kept", 1.1, 1.9));
        dialogue.onText("{\"type\":\"input_audio_buffer.commit\"}");
        link.replies();
        dialogue.onEvent(PAUSED);
        assertThat(link.replies().get(1).getString("transcript")).isEqualTo("kept");
    }

    /** The words of what was cleared are here only after the next commit. */
    @Test
    void drops_what_was_cleared_before_a_commit_that_follows_at_once() {
        dialogue.onText(CLIENT_TURNS);
        append(48_000);
        dialogue.onText("{\"type\":\"input_audio_buffer.clear\"}");
        append(48_000);
        dialogue.onText("{\"type\":\"input_audio_buffer.commit\"}");
        dialogue.onEvent(settled("dropped", 0.1, 0.9));
        dialogue.onEvent(settled("kept", 1.1, 1.9));
        link.replies();
        dialogue.onEvent(PAUSED);
        assertThat(link.replies().get(1).getString("transcript")).isEqualTo("kept");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "{}",
                "{\"type\":\"response.create\"}",
                "{\"type\":\"session.update\"}",
                "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\"}}",
                "{\"type\":\"session.update\",\"session\":{\"audio\":{\"input\":{\"format\":{\"type\":\"audio/opus\"}}}}}",
                "{\"type\":\"session.update\",\"session\":{\"audio\":{\"input\":{\"format\":{\"type\":\"audio/pcm\",\"rate\":1}}}}}",
                "{\"type\":\"session.update\",\"session\":{\"audio\":{\"input\":{\"transcription\":{\"language\":\"tlh\"}}}}}",
                "{\"type\":\"input_audio_buffer.append\"}",
                "{\"type\":\"input_audio_buffer.append\",\"audio\":\"*\"}"
            })
    void says_what_is_wrong_and_gives_up_a_client_that_does_not_learn(String event) {
        for (int i = 0; i < 19; i++) {
            dialogue.onText(event);
            assertThat(only("error").getJsonObject("error").getString("type")).isEqualTo("invalid_request_error");
            assertThat(link.closed()).isEmpty();
        }
        dialogue.onText(event);
        assertThat(link.closed()).contains(CloseCode.POLICY);
        assertThat(link.calls()).isEmpty();
    }

    @Test
    void fails_the_open_item_when_the_engine_fails() {
        append(48_000);
        dialogue.onEvent(partial("one", 0.1, 0.5));
        link.replies();
        dialogue.onEvent(problem(ErrorCode.RECOGNIZER_FAILED, true));
        assertThat(link.replies())
                .extracting(event -> event.getString("type"))
                .containsExactly("conversation.item.input_audio_transcription.failed", "error");
    }

    @Test
    void says_nothing_of_silence_at_the_end() {
        dialogue.onEvent(problem(ErrorCode.NO_SPEECH, true));
        assertThat(link.replies()).isEmpty();
    }

    private void append(int bytes) {
        dialogue.onText("{\"type\":\"input_audio_buffer.append\",\"audio\":\""
                + Base64.getEncoder().encodeToString(new byte[bytes]) + "\"}");
    }

    private JsonObject only(String type) {
        List<JsonObject> events = link.replies();
        assertThat(events).singleElement().satisfies(event -> assertThat(event.getString("type"))
                .isEqualTo(type));
        return events.get(0);
    }
}
