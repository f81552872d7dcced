package dev.steno.session.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Retry by progress, the end at stop, what is settled and what is lost. */
class UpstreamProgressTest extends UpstreamFixture {
    @Test
    void replaces_a_stream_that_does_not_end_at_stop_and_loses_nothing() {
        upstream.append(LOUD_SECOND);
        recognizer.stream().settled("one", 0, 0.5);
        upstream.finish();
        later(Duration.ofSeconds(11));
        later(Duration.ofSeconds(2));
        assertThat(recognizer.stream().received()).hasSize(16_000);
        assertThat(recognizer.stream().finished).isTrue();
        recognizer.stream().settled("two", 0, 0.5);
        recognizer.stream().listener.onCompleted();
        assertThat(heard).endsWith("final two 0.5-1.0", "settled", "finished");
        assertThat(reasons).isEmpty();
    }

    @Test
    void needs_no_other_stream_when_only_the_end_is_missing() {
        upstream.append(LOUD_SECOND);
        upstream.finish();
        recognizer.stream().settled("all", 0, 1);
        later(Duration.ofSeconds(11));
        assertThat(recognizer.streams).hasSize(1);
        assertThat(recognizer.stream().aborted).isTrue();
        assertThat(heard).containsExactly("STREAMING", "final all 0.0-1.0", "settled", "finished");
    }

    @Test
    void replaces_a_stream_that_takes_no_audio_at_stop() {
        upstream.open();
        recognizer.stream().room = 3_200;
        upstream.append(LOUD_SECOND);
        upstream.finish();
        later(Duration.ofSeconds(11));
        assertThat(heard).endsWith("RECONNECTING");
        later(Duration.ofSeconds(2));
        assertThat(recognizer.stream().received()).hasSize(32_000);
        recognizer.stream().settled("all", 0, 1);
        recognizer.stream().listener.onCompleted();
        assertThat(heard).endsWith("final all 0.0-1.0", "settled", "finished");
    }

    @Test
    void waits_at_stop_while_the_engine_moves_but_not_for_ever() {
        upstream.append(LOUD_SECOND);
        upstream.finish();
        for (int i = 0; i < 33; i++) {
            time.advance(Duration.ofSeconds(9));
            recognizer.stream().listener.onProgress();
            upstream.tick();
        }
        assertThat(recognizer.streams).hasSize(1);
        assertThat(heard).containsExactly("STREAMING");
        later(Duration.ofSeconds(4));
        assertThat(heard)
                .hasSize(4)
                .contains("settled", "dropped 0.0-1.0")
                .last()
                .asString()
                .startsWith("failed");
    }

    @Test
    void tells_that_it_streams_when_the_engine_has_answered_and_gives_up_one_that_never_does() {
        recognizer.answers = false;
        upstream.append(LOUD_SECOND);
        for (int i = 0; i < 2; i++) {
            later(Duration.ofSeconds(31));
            later(Duration.ofSeconds(2));
        }
        assertThat(heard).containsExactly("RECONNECTING", "RECONNECTING");
        recognizer.stream().listener.onOpened();
        assertThat(heard).endsWith("STREAMING");
        recognizer.stream().listener.onFailed(BREAK);
        assertThat(heard).endsWith("failed It broke.");
    }

    @Test
    void does_not_take_long_life_for_progress() {
        upstream.append(LOUD_SECOND);
        for (int i = 0; i < 3; i++) {
            time.advance(Duration.ofMinutes(5));
            breakAndReopen();
        }
        assertThat(recognizer.streams).hasSize(3);
        assertThat(heard).endsWith("failed It broke.");
    }

    @Test
    void counts_tries_from_the_last_result_that_went_further() {
        upstream.append(LOUD_SECOND);
        recognizer.stream().settled("one", 0, 0.1);
        for (int i = 0; i < 4; i++) {
            breakAndReopen();
        }
        recognizer.stream().partial("further", 0, 0.2);
        for (int i = 0; i < 5; i++) {
            breakAndReopen();
            recognizer.stream().partial("the same again", 0, 0.2);
        }
        assertThat(heard).doesNotContain("failed It broke.");
        breakAndReopen();
        assertThat(heard).endsWith("failed It broke.");
    }

    @Test
    void takes_silence_that_was_sent_for_progress_and_settles_it() {
        upstream.append(new byte[10 * 32_000]);
        upstream.tick();
        assertThat(upstream.settledBytes()).isEqualTo(8 * 32_000);
        for (int i = 0; i < 7; i++) {
            breakAndReopen();
            assertThat(recognizer.stream().received()).hasSize(2 * 32_000);
            upstream.append(new byte[32_000]);
            upstream.tick();
        }
        assertThat(heard).doesNotContain("failed It broke.");
        assertThat(upstream.settledBytes()).isEqualTo(15 * 32_000);
    }

    @Test
    void does_not_settle_speech_without_a_final() {
        upstream.append(LOUD_SECOND);
        upstream.append(new byte[10 * 32_000]);
        upstream.tick();
        assertThat(upstream.settledBytes()).isZero();
        recognizer.stream().settled("one", 0, 1);
        recognizer.stream().partial("two", 5, 6);
        upstream.tick();
        assertThat(upstream.settledBytes()).isEqualTo(32_000);
        recognizer.stream().listener.onNoWords(6);
        upstream.tick();
        assertThat(upstream.settledBytes()).isEqualTo(9 * 32_000);
        assertThat(upstream.receivedBytes()).isEqualTo(11 * 32_000);
        assertThat(heard).endsWith("partial two 5.0-6.0", "no words");
    }

    @Test
    void keeps_results_that_overlap_within_one_stream_and_believes_no_time_beyond_the_audio() {
        upstream.append(LOUD_SECOND);
        recognizer.stream().settled("second speaker", 0.5, 0.9);
        recognizer.stream().settled("first speaker", 0.1, 500);
        upstream.append(LOUD_SECOND);
        recognizer.stream().settled("more", 1, 2);
        assertThat(heard)
                .containsExactly(
                        "STREAMING",
                        "final second speaker 0.5-0.9",
                        "final first speaker 0.1-1.0",
                        "final more 1.0-2.0");
    }

    @Test
    void tells_lost_audio_once_whatever_is_tried() {
        OnWorker small = upstream(Map.of("REPLAY_BUFFER_SECONDS", "5"));
        for (int i = 0; i < 4; i++) {
            small.append(LOUD_SECOND);
        }
        recognizer.stream().listener.onFailed(BREAK);
        for (int i = 0; i < 3; i++) {
            small.append(LOUD_SECOND);
        }
        time.advance(Duration.ofSeconds(2));
        small.tick();
        recognizer.stream().listener.onFailed(BREAK);
        small.append(LOUD_SECOND);
        time.advance(Duration.ofSeconds(3));
        small.tick();
        assertThat(heard)
                .filteredOn(event -> event.startsWith("dropped"))
                .containsExactly("dropped 0.0-2.0", "dropped 2.0-3.0");
        assertThat(reasons).containsOnly(LossReason.ENGINE_AWAY);
        assertThat(small.settledBytes()).isEqualTo(3 * 32_000);
    }

    @Test
    void lengthens_its_patience_with_an_engine_that_says_nothing_about_a_stretch() {
        recognizer.stall = Duration.ofSeconds(30);
        upstream.append(LOUD_SECOND);
        recognizer.stream().settled("one", 0, 1);
        for (int seconds : new int[] {30, 60, 120, 240, 240}) {
            for (int i = 0; i < 6; i++) {
                upstream.append(LOUD_SECOND);
            }
            later(Duration.ofSeconds(seconds).minusMillis(1));
            assertThat(recognizer.stream().aborted).isFalse();
            later(Duration.ofMillis(1));
            assertThat(recognizer.stream().aborted).isTrue();
            later(Duration.ofSeconds(9));
        }
        recognizer.stream().settled("at last", 20, 21);
        assertThat(heard).endsWith("STREAMING", "final at last 21.0-22.0");
    }

    private void later(Duration duration) {
        time.advance(duration);
        upstream.tick();
    }

    private void breakAndReopen() {
        recognizer.stream().listener.onFailed(BREAK);
        later(Duration.ofSeconds(9));
    }
}
