package dev.steno.recognition.sphinx;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cmu.sphinx.frontend.DoubleData;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Frames are numbered; an utterance is the list of its frames' numbers. */
class EndpointerTest {
    private static final int FRAME_SAMPLES = 160;
    private static final int SILENT = 50;
    private static final int LOUD = 5000;

    private final List<List<Integer>> utterances = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final Random random = new Random(1);
    private final Endpointer endpointer = new Endpointer(new Endpointer.Utterances() {
        @Override
        public void begin() {
            events.add("begin");
            utterances.add(new ArrayList<>());
        }

        @Override
        public void frame(DoubleData frame) {
            utterances.get(utterances.size() - 1).add((int) frame.getFirstSampleNumber() / FRAME_SAMPLES);
        }

        @Override
        public void end() {
            events.add("end");
        }
    });
    private int put;

    @Test
    void hears_nothing_in_silence() {
        frames(300, 0);
        frames(300, SILENT);
        endpointer.finish();

        assertThat(events).isEmpty();
    }

    @Test
    void cuts_at_pauses_and_keeps_the_time_around_speech() {
        frames(100, SILENT);
        frames(100, LOUD);
        frames(100, SILENT);
        frames(100, LOUD);
        frames(100, SILENT);
        endpointer.finish();

        assertThat(events).containsExactly("begin", "end", "begin", "end");
        assertThat(utterances.get(0)).startsWith(80).contains(199, 240).doesNotContain(260);
        assertThat(utterances.get(1)).startsWith(280).contains(399, 440).doesNotContain(460);
    }

    @Test
    void does_not_cut_at_a_short_pause() {
        frames(100, LOUD);
        frames(30, SILENT);
        frames(100, LOUD);
        frames(100, SILENT);

        assertThat(events).containsExactly("begin", "end");
    }

    @Test
    void hears_speech_from_the_first_frame_on() {
        frames(100, LOUD);
        endpointer.finish();

        assertThat(utterances).containsExactly(range(0, 100));
        assertThat(events).containsExactly("begin", "end");
    }

    @Test
    void hears_speech_after_a_microphone_was_switched_on() {
        frames(200, 0);
        frames(100, LOUD);
        endpointer.finish();

        assertThat(joined()).containsAll(range(185, 300)); // also some of the time before it
    }

    @Test
    void ends_a_long_utterance_at_a_gap_between_words() {
        fluentSpeech(2100);
        frames(20, SILENT);
        fluentSpeech(100);
        endpointer.finish();

        assertThat(utterances).hasSize(2);
        assertThat(utterances.get(0)).hasSizeBetween(2100, 2120);
        assertThat(joined()).isEqualTo(range(0, 2220));
    }

    @Test
    void ends_a_very_long_utterance_anywhere_and_loses_no_frame() {
        fluentSpeech(7000);
        endpointer.finish();

        assertThat(utterances).extracting(List::size).containsExactly(3000, 3000, 1000);
        assertThat(joined()).isEqualTo(range(0, 7000));
        assertThat(events).containsExactly("begin", "end", "begin", "end", "begin", "end");
    }

    /** Without a gap between words, yet not steady: steady sound is taken for the room after some seconds. */
    private void fluentSpeech(int count) {
        for (int i = 0; i < count; i += 20) {
            frames(16, LOUD);
            frames(4, SILENT);
        }
    }

    private void frames(int count, int amplitude) {
        for (int i = 0; i < count; i++) {
            double[] samples = random.doubles(FRAME_SAMPLES, -amplitude, Math.max(amplitude, 1e-9))
                    .toArray();
            endpointer.put(new DoubleData(samples, 16_000, (long) put++ * FRAME_SAMPLES));
        }
    }

    private List<Integer> joined() {
        return utterances.stream().flatMap(List::stream).toList();
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }
}
