package dev.steno.session.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.recognition.RecognitionResult;
import dev.steno.testing.FakeRecognizer.FakeStream;
import dev.steno.transcript.PiiEntity;
import dev.steno.transcript.Word;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UpstreamTest extends UpstreamFixture {
    @Test
    void sends_audio_on_and_brings_results_back() {
        upstream.append(new byte[3_200]);
        upstream.append(new byte[3_200]);
        recognizer.stream().partial("hel", 0, 0.1);
        recognizer.stream().settled("hello", 0, 0.2);
        assertThat(recognizer.stream().received()).hasSize(6_400);
        assertThat(heard).containsExactly("STREAMING", "partial hel 0.0-0.1", "final hello 0.0-0.2");
    }

    @Test
    void keeps_what_the_stream_has_no_room_for_until_it_has() {
        upstream.open();
        recognizer.stream().room = 1_000;
        upstream.append(new byte[3_200]);
        assertThat(recognizer.stream().received()).hasSize(1_000);
        recognizer.stream().room = 10_000;
        recognizer.stream().listener.onRoom();
        assertThat(recognizer.stream().received()).hasSize(3_200);
    }

    @Test
    void finishes_after_everything_was_sent_and_recognised() {
        upstream.open();
        recognizer.stream().room = 1_000;
        upstream.append(new byte[3_200]);
        upstream.finish();
        assertThat(recognizer.stream().finished).isFalse();
        recognizer.stream().room = 10_000;
        upstream.tick();
        assertThat(recognizer.stream().finished).isTrue();
        recognizer.stream().settled("bye", 0, 0.1);
        recognizer.stream().listener.onCompleted();
        assertThat(heard).containsExactly("STREAMING", "final bye 0.0-0.1", "settled", "finished");
        assertThat(budget.used()).isZero();
    }

    @Test
    void finishes_at_once_when_nothing_is_open() {
        upstream.finish();
        assertThat(heard).containsExactly("finished");
    }

    @Test
    void gives_up_waiting_when_the_engine_does_not_end() {
        upstream.append(new byte[32_000]);
        recognizer.stream().partial("half", 0, 0.5);
        upstream.finish();
        for (int i = 0; i <= 5; i++) {
            assertThat(recognizer.streams).hasSize(i + 1);
            time.advance(Duration.ofMillis(9_900));
            upstream.tick();
            assertThat(recognizer.stream().aborted).isFalse();
            time.advance(Duration.ofMillis(200));
            upstream.tick();
            assertThat(recognizer.stream().aborted).isTrue();
            time.advance(Duration.ofSeconds(9));
            upstream.tick();
        }
        assertThat(recognizer.streams).hasSize(6);
        assertThat(heard).endsWith("settled", "dropped 0.5-1.0", "failed The engine did not end its stream in time.");
        assertThat(reasons).containsExactly(LossReason.NOT_RECOGNISED);
        assertThat(budget.used()).isZero();
    }

    @Test
    void ends_in_the_time_that_is_left_when_the_server_goes_down() {
        upstream.append(new byte[10 * 32_000]);
        recognizer.stream().partial("half", 0, 5);
        upstream.limit(Duration.ofSeconds(3));
        upstream.finish();
        time.advance(Duration.ofMillis(2_900));
        upstream.tick();
        assertThat(heard).doesNotContain("finished");
        time.advance(Duration.ofMillis(200));
        upstream.tick();
        assertThat(heard).endsWith("settled", "dropped 5.0-10.0", "finished");
    }

    @Test
    void is_limited_when_it_is_finishing_already() {
        upstream.append(new byte[10 * 32_000]);
        upstream.finish();
        upstream.limit(Duration.ofSeconds(3));
        time.advance(Duration.ofSeconds(3));
        upstream.tick();
        assertThat(heard).endsWith("finished");
    }

    @Test
    void pauses_and_goes_on_with_the_next_audio_in_a_new_stream() {
        upstream.append(new byte[32_000]);
        upstream.pause();
        FakeStream first = recognizer.stream();
        assertThat(first.finished).isTrue();
        upstream.append(new byte[3_200]); // while the old stream still ends
        assertThat(recognizer.streams).hasSize(1);
        first.settled("one", 0.2, 0.9);
        first.listener.onCompleted();
        assertThat(recognizer.streams).hasSize(2);
        assertThat(recognizer.stream().received()).hasSize(3_200);
        recognizer.stream().settled("two", 0, 0.1);
        assertThat(heard)
                .containsExactly("STREAMING", "final one 0.2-0.9", "settled", "STREAMING", "final two 1.0-1.1");
    }

    @Test
    void suspends_without_settling_and_sends_what_is_not_final_again() {
        upstream.append(new byte[32_000]);
        FakeStream first = recognizer.stream();
        first.settled("one", 0, 0.5);
        first.partial("tw", 0.5, 1);
        upstream.suspend();
        assertThat(first.finished).isTrue();
        first.settled("tw", 0.5, 1); // a word cut in two
        first.listener.onCompleted();
        upstream.append(new byte[3_200]);
        assertThat(recognizer.stream().received()).hasSize(16_000 + 3_200);
        recognizer.stream().settled("two", 0, 0.6);
        assertThat(heard)
                .containsExactly(
                        "STREAMING",
                        "final one 0.0-0.5",
                        "partial tw 0.5-1.0",
                        "PAUSED",
                        "STREAMING",
                        "final two 0.5-1.1");
    }

    @Test
    void does_not_wait_for_a_suspended_stream_when_audio_comes_again() {
        upstream.append(new byte[3_200]);
        FakeStream first = recognizer.stream();
        upstream.suspend();
        upstream.append(new byte[3_200]);
        assertThat(first.aborted).isTrue();
        assertThat(recognizer.stream().received()).hasSize(6_400);
    }

    @Test
    void recognises_what_a_suspended_stream_left_before_it_finishes_or_pauses() {
        upstream.append(new byte[3_200]);
        upstream.suspend();
        recognizer.stream().listener.onFailed(BREAK);
        upstream.pause();
        assertThat(recognizer.streams).hasSize(2);
        assertThat(recognizer.stream().finished).isTrue();
        recognizer.stream().listener.onCompleted();
        upstream.append(new byte[3_200]);
        upstream.suspend();
        upstream.finish();
        assertThat(recognizer.streams).hasSize(4);
        assertThat(recognizer.stream().received()).hasSize(3_200);
        recognizer.stream().settled("end", 0, 0.1);
        recognizer.stream().listener.onCompleted();
        assertThat(heard).endsWith("final end 0.1-0.2", "settled", "finished");
    }

    @Test
    void gives_up_a_suspended_stream_that_does_not_end() {
        upstream.append(new byte[3_200]);
        upstream.suspend();
        time.advance(Duration.ofSeconds(21));
        upstream.tick();
        assertThat(recognizer.stream().aborted).isTrue();
        assertThat(heard).containsExactly("STREAMING", "PAUSED");
    }

    @Test
    void reports_the_pause_when_no_audio_follows() {
        upstream.append(new byte[32_000]);
        upstream.pause();
        upstream.pause();
        recognizer.stream().listener.onCompleted();
        assertThat(heard).containsExactly("STREAMING", "settled", "PAUSED");
        upstream.append(new byte[2]);
        assertThat(recognizer.streams).hasSize(2);
    }

    @Test
    void replaces_a_broken_stream_and_sends_again_what_no_final_covers() {
        byte[] audio = new byte[64_000];
        for (int i = 0; i < audio.length; i++) {
            audio[i] = (byte) (i % 251);
        }
        upstream.append(audio);
        FakeStream broken = recognizer.stream();
        broken.settled("one", 0, 1.5);
        broken.partial("tw", 1.5, 1.8);
        broken.listener.onFailed(BREAK);
        broken.settled("a ghost", 1.5, 2);
        upstream.append(new byte[3_200]);
        assertThat(recognizer.streams).hasSize(1);
        time.advance(Duration.ofSeconds(2));
        upstream.tick();
        byte[] again = recognizer.stream().received();
        assertThat(again).hasSize(64_000 - 48_000 + 3_200).startsWith(audio[48_000], audio[48_001]);
        recognizer.stream().settled("two", 0, 0.5);
        assertThat(heard)
                .containsExactly(
                        "STREAMING",
                        "final one 0.0-1.5",
                        "partial tw 1.5-1.8",
                        "RECONNECTING",
                        "STREAMING",
                        "final two 1.5-2.0");
    }

    @Test
    void replays_and_ends_a_stream_that_did_not_end_in_time_at_a_pause() {
        upstream.append(new byte[32_000]);
        recognizer.stream().settled("one", 0, 0.5);
        upstream.pause();
        time.advance(Duration.ofSeconds(21));
        upstream.tick();
        assertThat(recognizer.stream().aborted).isTrue();
        time.advance(Duration.ofSeconds(2));
        upstream.tick();
        assertThat(recognizer.streams).hasSize(2);
        assertThat(recognizer.stream().received()).hasSize(16_000);
        assertThat(recognizer.stream().finished).isTrue();
        recognizer.stream().settled("two", 0, 0.5);
        recognizer.stream().listener.onCompleted();
        assertThat(heard).endsWith("final two 0.5-1.0", "settled", "PAUSED");
    }

    @Test
    void replaces_a_stream_at_a_pause_in_speech_before_it_must() {
        recognizer.replaceBy = time.now().plusSeconds(100);
        upstream.append(new byte[32_000]);
        recognizer.stream().settled("one", 0, 1);
        time.advance(Duration.ofSeconds(79));
        upstream.tick();
        recognizer.stream().partial("two", 1, 1.5);
        time.advance(Duration.ofSeconds(2));
        upstream.tick();
        assertThat(recognizer.stream().finished).isFalse();
        recognizer.stream().settled("two.", 1, 1.6);
        upstream.tick();
        FakeStream old = recognizer.stream();
        assertThat(old.finished).isTrue();
        upstream.append(new byte[3_200]);
        assertThat(recognizer.streams).hasSize(1);
        old.listener.onCompleted();
        assertThat(recognizer.streams).hasSize(2);
        assertThat(recognizer.stream().received()).hasSize(3_200);
    }

    @Test
    void replaces_a_stream_in_mid_speech_when_it_must() {
        recognizer.replaceBy = time.now().plusSeconds(100);
        upstream.append(new byte[32_000]);
        recognizer.stream().partial("on and on", 0, 1);
        time.advance(Duration.ofSeconds(99));
        upstream.tick();
        assertThat(recognizer.stream().finished).isFalse();
        time.advance(Duration.ofSeconds(2));
        upstream.tick();
        assertThat(recognizer.stream().finished).isTrue();
    }

    @Test
    void gives_up_after_three_tries_when_no_stream_ever_worked() {
        upstream.append(new byte[3_200]);
        for (int i = 0; i < 3; i++) {
            recognizer.stream().listener.onFailed(BREAK);
            time.advance(Duration.ofSeconds(5));
            upstream.tick();
        }
        assertThat(recognizer.streams).hasSize(3);
        assertThat(heard).endsWith("failed It broke.");
    }

    @Test
    void fails_after_the_configured_number_of_tries() {
        upstream.append(new byte[3_200]);
        recognizer.stream().settled("one", 0, 0.05);
        for (int i = 0; i < 5; i++) {
            recognizer.stream().listener.onFailed(BREAK);
            time.advance(Duration.ofSeconds(10));
            upstream.tick();
        }
        assertThat(recognizer.streams).hasSize(6);
        recognizer.refusal = BREAK;
        time.advance(Duration.ofSeconds(9));
        recognizer.stream().listener.onFailed(BREAK);
        assertThat(heard).endsWith("settled", "dropped 0.05-0.1", "failed It broke.");
        assertThat(budget.used()).isZero();
    }

    @Test
    void fails_at_once_when_no_retry_can_help_or_the_first_stream_does_not_open() {
        upstream.append(new byte[3_200]);
        recognizer.stream().listener.onFailed(FATAL);
        assertThat(heard).containsExactly("STREAMING", "failed It is dead.");

        heard.clear();
        recognizer.refusal = BREAK;
        upstream(Map.of()).append(new byte[2]);
        assertThat(heard).containsExactly("failed It broke.");
    }

    @Test
    void tells_which_audio_was_dropped_when_the_engine_falls_behind() {
        OnWorker small = upstream(Map.of("REPLAY_BUFFER_SECONDS", "5"));
        small.open();
        recognizer.stream().room = 0;
        for (int i = 0; i < 7; i++) {
            small.append(new byte[32_000]);
        }
        time.advance(Duration.ofSeconds(1));
        small.tick();
        assertThat(heard).containsExactly("STREAMING", "dropped 0.0-1.0", "dropped 1.0-2.0");
        assertThat(reasons).containsOnly(LossReason.ENGINE_BEHIND);
        recognizer.stream().room = Integer.MAX_VALUE;
        recognizer.stream().listener.onRoom();
        recognizer.stream().settled("late", 0, 1);
        assertThat(heard).endsWith("final late 2.0-3.0");
    }

    @Test
    void paces_a_backlog() {
        recognizer.speed = 1.25;
        upstream.append(new byte[320_000]);
        assertThat(recognizer.stream().received()).hasSize(16_000);
        for (int i = 0; i < 10; i++) {
            time.advance(Duration.ofMillis(100));
            upstream.tick();
        }
        assertThat(recognizer.stream().received()).hasSize(16_000 + 40_000);
    }

    @Test
    void tells_speakers_and_times_of_one_stream_from_those_of_another() {
        OnWorker upstream = upstream(Map.of());
        for (int i = 0; i < 2; i++) {
            upstream.append(new byte[32_000]);
            recognizer.stream().listener.onFinal(spoken());
            upstream.pause();
            recognizer.stream().listener.onCompleted();
        }
        assertThat(results)
                .flatExtracting(RecognitionResult::words)
                .extracting(word -> word.speaker().orElseThrow() + " " + word.start())
                .containsExactly("1-spk_0 0.5", "2-spk_0 1.5");
        assertThat(results)
                .flatExtracting(RecognitionResult::entities)
                .extracting(PiiEntity::end)
                .containsExactly(1.0, 2.0);
        assertThat(results).extracting(RecognitionResult::languageCode).containsOnly(Optional.of("de-DE"));
    }

    private static RecognitionResult spoken() {
        return new RecognitionResult(
                "Ann",
                0.5,
                1.0,
                List.of(new Word("Ann", 0.5, 1.0, 0.9, Optional.of("spk_0"))),
                Optional.of("de-DE"),
                List.of(new PiiEntity("PII", "NAME", "Ann", 0.5, 1.0, 0.9)));
    }
}
