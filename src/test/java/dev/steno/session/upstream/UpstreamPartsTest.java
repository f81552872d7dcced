package dev.steno.session.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steno.recognition.RecognitionResult;
import dev.steno.transcript.PiiEntity;
import dev.steno.transcript.Word;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The small parts of an upstream: time maps, pace, replay. */
class UpstreamPartsTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void maps_stream_time_to_the_clients_audio_across_a_jump() {
        StreamPositions positions = new StreamPositions(64_000);
        positions.sent(32_000);
        positions.jump(160_000);
        positions.sent(32_000);
        assertThat(positions.toClient(0.5)).isEqualTo(2.5);
        assertThat(positions.toClient(1.5)).isEqualTo(5.5);
    }

    @Test
    void paces_audio_at_the_speed_that_the_engine_takes() {
        Pacer pacer = new Pacer(1.25, 0);
        assertThat(pacer.allowance(0)).isEqualTo(16_000);
        pacer.sent(16_000);
        assertThat(pacer.allowance(0)).isZero();
        assertThat(pacer.allowance(SECOND / 10)).isEqualTo(4_000);
        assertThat(pacer.allowance(100 * SECOND)).isEqualTo(16_000);
        assertThat(new Pacer(Double.POSITIVE_INFINITY, 0).allowance(0)).isGreaterThan(1 << 30);
    }

    @Test
    void waits_longer_between_tries_and_gives_up() {
        Backoff backoff = new Backoff(3);
        for (int i = 0; i < 3; i++) {
            assertThat(backoff.another()).isTrue();
            assertThat(backoff.next()).isBetween(Duration.ofMillis(500), Duration.ofMillis(500 + (500L << i)));
        }
        assertThat(backoff.another()).isFalse();
        backoff.reset();
        assertThat(backoff.another()).isTrue();
    }

    @Test
    void drops_replayed_words_whose_midpoint_was_said_before() {
        RecognitionResult result = result("One, two three.", word("One", 0, 1), word("two", 1, 2), word("three", 2, 3));
        RecognitionResult rest = ReplayFilter.unsettled(result, 1.4).orElseThrow();
        assertThat(rest.text()).isEqualTo("two three.");
        assertThat(rest.start()).isCloseTo(1.4, within(1e-9));
        assertThat(rest.words()).extracting(Word::text).containsExactly("two", "three");
        assertThat(rest.words().get(0).start()).isCloseTo(1.4, within(1e-9));
        assertThat(ReplayFilter.unsettled(result, 2.6)).isEmpty();
        assertThat(ReplayFilter.unsettled(result, 0)).contains(result);
    }

    @Test
    void judges_a_result_without_words_by_its_own_midpoint() {
        RecognitionResult result = new RecognitionResult("hello", 1, 2, List.of());
        assertThat(ReplayFilter.unsettled(result, 1.6)).isEmpty();
        assertThat(ReplayFilter.unsettled(result, 1.4)).hasValueSatisfying(rest -> {
            assertThat(rest.text()).isEqualTo("hello");
            assertThat(rest.start()).isEqualTo(1.4);
        });
    }

    @Test
    void drops_personal_data_that_an_earlier_final_had_and_keeps_speakers() {
        Word old = word("one", 1.0, 1.4);
        Word fresh = new Word("two", 1.4, 1.8, 0.5, Optional.of("spk_0"));
        PiiEntity gone = new PiiEntity("PII", "NAME", "one", 1.0, 1.4, 0.5);
        PiiEntity kept = new PiiEntity("PII", "NAME", "two", 1.4, 1.8, 0.5);
        RecognitionResult result = new RecognitionResult(
                "one two", 1.0, 1.8, List.of(old, fresh), Optional.of("de-DE"), List.of(gone, kept));
        assertThat(ReplayFilter.unsettled(result, 1.5))
                .hasValue(new RecognitionResult(
                        "two",
                        1.5,
                        1.8,
                        List.of(fresh.at(1.5, 1.8)),
                        Optional.of("de-DE"),
                        List.of(kept.at(1.5, 1.8))));
    }

    private static RecognitionResult result(String text, Word... words) {
        return new RecognitionResult(text, words[0].start(), words[words.length - 1].end(), List.of(words));
    }

    private static Word word(String text, double start, double end) {
        return new Word(text, start, end, Double.NaN);
    }
}
