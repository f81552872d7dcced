package dev.steno.protocol.vosk;

import static dev.steno.protocol.SessionEvents.PAUSED;
import static dev.steno.protocol.SessionEvents.partial;
import static dev.steno.protocol.SessionEvents.problem;
import static dev.steno.protocol.SessionEvents.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.audio.AudioEncoding;
import dev.steno.audio.InputFormat;
import dev.steno.protocol.RecordedLink;
import dev.steno.session.CloseCode;
import dev.steno.session.ErrorCode;
import dev.steno.testing.ManualTime;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoskDialogueTest {
    private final ManualTime time = new ManualTime();
    private final RecordedLink link = new RecordedLink();
    private final VoskDialogue dialogue = new VoskDialogue(link, time::nanoTime);

    @Test
    void answers_each_chunk_once_with_the_next_final_or_the_partial() {
        dialogue.onBinary(new byte[1_600]);
        dialogue.onEvent(partial("one", 0, 0.1));
        assertThat(texts()).containsExactly("partial:");
        dialogue.onBinary(new byte[1_600]);
        assertThat(texts()).containsExactly("partial:one");
        dialogue.onEvent(settled("one two", 0, 0.2));
        dialogue.onEvent(settled("three", 0.3, 0.4));
        dialogue.onEvent(partial("four", 0.4, 0.5));
        assertThat(texts()).isEmpty();
        dialogue.onBinary(new byte[1_600]);
        dialogue.onBinary(new byte[1_600]);
        dialogue.onBinary(new byte[1_600]);
        assertThat(texts()).containsExactly("text:one two", "text:three", "partial:four");
        assertThat(link.calls()).hasSize(5).allMatch("audio 1600"::equals);
    }

    @Test
    void joins_what_is_left_at_eof_and_answers_when_the_session_is_over() {
        dialogue.onBinary(new byte[1_600]);
        texts();
        dialogue.onText("{\"eof\" : 1}");
        dialogue.onBinary(new byte[1_600]);
        dialogue.onText("{\"eof\":1}");
        dialogue.onEvent(settled("one", 0, 0.1));
        dialogue.onEvent(settled("two", 0.1, 0.2));
        assertThat(texts()).isEmpty();
        dialogue.onEnd(CloseCode.NORMAL, "stopped");
        assertThat(texts()).containsExactly("text:one two");
        assertThat(link.calls()).containsExactly("audio 1600", "stop");
    }

    @Test
    void answers_eof_without_words_by_an_empty_result() {
        dialogue.onText("{\"eof\":1}");
        dialogue.onEvent(problem(ErrorCode.NO_SPEECH, true));
        dialogue.onEnd(CloseCode.NORMAL, "stopped");
        assertThat(texts()).containsExactly("text:");
    }

    @Test
    void answers_a_reset_when_everything_before_it_is_settled_and_keeps_the_order() {
        dialogue.onText("{\"reset\":1}");
        assertThat(texts()).containsExactly("text:");
        dialogue.onBinary(new byte[1_600]);
        texts();
        dialogue.onText("{\"reset\":1}");
        dialogue.onEvent(settled("one", 0, 0.1));
        dialogue.onEvent(settled("two", 0.1, 0.2));
        assertThat(texts()).isEmpty();
        dialogue.onEvent(PAUSED);
        assertThat(texts()).containsExactly("text:one two");
        dialogue.onBinary(new byte[1_600]);
        assertThat(texts()).containsExactly("partial:");
        assertThat(link.calls()).containsExactly("audio 1600", "pause", "audio 1600");
    }

    @Test
    void writes_words_and_alternatives_where_they_are_asked_for() {
        dialogue.onText("{\"config\":{\"sample_rate\":16000,\"words\":true}}");
        dialogue.onBinary(new byte[2]);
        dialogue.onEvent(settled("one two", 1, 2));
        dialogue.onBinary(new byte[2]);
        JsonObject result = link.replies().get(1);
        assertThat(result.toString())
                .isEqualTo("{\"result\":[{\"conf\":0.5,\"start\":1.0,\"end\":1.5,\"word\":\"one\"},"
                        + "{\"conf\":0.5,\"start\":1.5,\"end\":2.0,\"word\":\"two\"}],\"text\":\"one two\"}");
        dialogue.onText("{\"config\":{\"max_alternatives\":3,\"words\":0}}");
        dialogue.onEvent(settled("three", 2, 3));
        dialogue.onBinary(new byte[2]);
        assertThat(link.replies().get(0).toString())
                .isEqualTo("{\"alternatives\":[{\"confidence\":0.5,\"text\":\"three\"}]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"48000", "48000.0", "\"48000\"", "4.8e4"})
    void takes_a_rate_however_it_is_written(String rate) {
        dialogue.onText("{\"config\":{\"sample_rate\":" + rate + "}}");
        dialogue.onBinary(new byte[2]);
        assertThat(link.format()).isEqualTo(new InputFormat(AudioEncoding.PCM, 48_000));
        dialogue.onText("{\"config\":{\"sample_rate\":8000}}"); // too late, and no reason to fail
        assertThat(link.format()).isEqualTo(new InputFormat(AudioEncoding.PCM, 48_000));
    }

    @Test
    void takes_8_khz_where_no_rate_is_said() {
        dialogue.onBinary(new byte[2]);
        assertThat(link.format()).isEqualTo(new InputFormat(AudioEncoding.PCM, 8_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4000", "96000", "\"fast\"", "null", "[]"})
    void closes_where_a_rate_cannot_be_converted(String rate) {
        dialogue.onText("{\"config\":{\"sample_rate\":" + rate + "}}");
        assertThat(link.closed()).contains(CloseCode.POLICY);
        assertThat(link.reason()).contains("8000 to 48000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "{}", "{\"eof\":0}", "[1]", "{\"config\":1}"})
    void answers_text_that_it_does_not_understand_like_an_empty_chunk(String text) {
        dialogue.onText(text);
        assertThat(texts()).containsExactly("partial:");
        assertThat(link.calls()).isEmpty();
    }

    /** As vosk-server's test_srt.py, whose own server sends them unasked. */
    @Test
    void sends_the_times_of_words_to_clients_whose_address_asks_for_them() {
        RecordedLink srt = new RecordedLink().with("words", "1");
        VoskDialogue other = new VoskDialogue(srt, time::nanoTime);
        other.onText("{\"config\":{\"sample_rate\":16000}}");
        other.onBinary(new byte[3_200]);
        srt.replies();
        other.onEvent(settled("hello there", 0, 0.1));
        other.onBinary(new byte[2]);
        assertThat(srt.replies().get(0).getJsonArray("result")).hasSize(2);
    }

    @Test
    void asks_for_the_language_of_the_address_and_refuses_one_that_is_not_there() {
        RecordedLink german = new RecordedLink().with("language_code", "de");
        new VoskDialogue(german, time::nanoTime).onBinary(new byte[2]);
        assertThat(german.calls()).startsWith("start {language_code=de-DE}");
        RecordedLink klingon = new RecordedLink().with("language_code", "tlh");
        new VoskDialogue(klingon, time::nanoTime).onBinary(new byte[2]);
        assertThat(klingon.closed()).contains(CloseCode.POLICY);
        RecordedLink none = new RecordedLink().with("language_code", "");
        new VoskDialogue(none, time::nanoTime).onBinary(new byte[2]);
        assertThat(none.closed()).isEmpty();
        assertThat(none.calls()).containsExactly("audio 2");
    }

    @Test
    void hands_phrases_to_engines_that_take_hints_only() {
        RecordedLink takes = new RecordedLink("phrases");
        VoskDialogue hinted = new VoskDialogue(takes, time::nanoTime);
        hinted.onText("{\"config\":{\"phrase_list\":[\"Helgevold\",\"Devinco\",\"[unk]\"]}}");
        hinted.onBinary(new byte[2]);
        assertThat(takes.calls()).startsWith("start {phrases=Helgevold,Devinco}");
        dialogue.onText("{\"config\":{\"phrase_list\":[\"Helgevold\"]}}");
        dialogue.onBinary(new byte[2]);
        assertThat(link.calls()).containsExactly("audio 2");
    }

    @Test
    void paces_a_client_that_waits_for_its_answers() {
        for (int i = 0; i < 5; i++) {
            dialogue.onBinary(new byte[16_000]); // a second each
        }
        assertThat(texts()).hasSize(4);
        time.advance(Duration.ofMillis(1_100));
        dialogue.onTick();
        assertThat(texts()).hasSize(1);
        dialogue.onText("{\"eof\":1}");
        dialogue.onEnd(CloseCode.NORMAL, "");
        assertThat(texts()).hasSize(1);
    }

    @Test
    void leaves_nobody_without_an_answer_when_the_session_fails() {
        dialogue.onBinary(new byte[2]);
        texts();
        dialogue.onText("{\"reset\":1}");
        dialogue.onEvent(problem(ErrorCode.RECOGNIZER_FAILED, true));
        dialogue.onEnd(CloseCode.SERVER_ERROR, "recognizer_failed");
        assertThat(texts()).containsExactly("text:");
    }

    private List<String> texts() {
        return link.replies().stream()
                .map(reply -> reply.containsKey("partial")
                        ? "partial:" + reply.getString("partial")
                        : "text:" + reply.getString("text"))
                .toList();
    }
}
