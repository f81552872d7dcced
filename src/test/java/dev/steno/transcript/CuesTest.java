package dev.steno.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CuesTest {
    @Test
    void uses_word_times_when_words_and_text_agree() {
        TranscriptSegment segment =
                SampleTranscripts.timed(0, 10, "word ".repeat(40).strip());

        List<Cue> cues = cues(segment);

        assertThat(cues).hasSize(3);
        assertThat(cues.get(0).startMillis()).isEqualTo(10_000);
        int wordsBefore = String.join(" ", cues.get(0).lines()).split(" ", -1).length;
        assertThat(cues.get(1).startMillis()).isEqualTo(10_000 + wordsBefore * 500L);
        assertThat(cues.get(2).endMillis()).isEqualTo(10_000 + 39 * 500 + 400);
    }

    @Test
    void shares_the_time_by_length_when_words_and_text_disagree() {
        TranscriptSegment segment =
                new TranscriptSegment(0, "a ".repeat(100).strip(), 0, 100, List.of(new Word("a", 0, 1, 1)));

        List<Cue> cues = cues(segment);

        assertThat(cues).hasSize(3);
        assertThat(cues.get(1).startMillis()).isBetween(30_000L, 45_000L);
    }

    @Test
    void fills_lines_evenly_when_the_last_would_be_a_lonely_word() {
        List<Cue> cues = cues(SampleTranscripts.timed(0, 0, "aaaaaaaaa bbbbbbbbb ccccccccc ddddddddd eeeeeeee"));

        assertThat(cues).hasSize(1);
        assertThat(cues.get(0).lines()).containsExactly("aaaaaaaaa bbbbbbbbb", "ccccccccc ddddddddd eeeeeeee");
    }

    @Test
    void shows_a_short_word_long_enough_to_read_when_nothing_follows() {
        List<Cue> cues = cues(SampleTranscripts.timed(0, 3, "Yes."), SampleTranscripts.timed(1, 3.6, "No."));

        assertThat(cues).extracting(Cue::endMillis).containsExactly(3600L, 4600L);
    }

    @Test
    void cuts_text_without_spaces_between_characters_that_java_stores_as_two() {
        String text = "\uD83D\uDE00".repeat(100);

        List<Cue> cues = cues(new TranscriptSegment(0, text, 0, 10, List.of()));

        assertThat(cues.stream().flatMap(cue -> cue.lines().stream()))
                .allSatisfy(line -> assertThat(line).matches("(\uD83D\uDE00){1,42}"));
    }

    /** Whatever an engine says: all the words, in order, in cues that can be shown. */
    @Test
    void shows_every_word_once_in_readable_cues_that_never_overlap() {
        for (int seed = 0; seed < 2000; seed++) {
            List<TranscriptSegment> segments = randomSegments(new Random(seed));
            List<Cue> cues = cues(segments.toArray(TranscriptSegment[]::new));

            long free = 0;
            for (Cue cue : cues) {
                assertThat(cue.startMillis()).as("seed %d", seed).isGreaterThanOrEqualTo(free);
                assertThat(cue.endMillis()).as("seed %d", seed).isGreaterThan(cue.startMillis());
                assertThat(cue.lines()).as("seed %d", seed).hasSizeBetween(1, 2).allMatch(CuesTest::readable);
                free = cue.endMillis();
            }
            assertThat(withoutSpaces(cues.stream().flatMap(cue -> cue.lines().stream())))
                    .isEqualTo(withoutSpaces(segments.stream().map(TranscriptSegment::text)));
        }
    }

    private static boolean readable(String line) {
        return !line.isBlank() && line.length() <= 42 && line.lines().count() == 1;
    }

    private static List<TranscriptSegment> randomSegments(Random random) {
        List<TranscriptSegment> segments = new ArrayList<>();
        double at = 0;
        for (int i = random.nextInt(6); i >= 0; i--) {
            StringBuilder text = new StringBuilder();
            for (int word = random.nextInt(40); word >= 0; word--) {
                text.append("x".repeat(random.nextInt(20) == 0 ? random.nextInt(120) : random.nextInt(9)));
                text.append(random.nextInt(30) == 0 ? "\n" : " ");
            }
            double start = Math.max(0, at + random.nextInt(5) - 2); // now and then before the end of the last
            at = start + random.nextInt(20);
            segments.add(
                    random.nextBoolean()
                            ? new TranscriptSegment(segments.size(), text.toString(), start, at, List.of())
                            : SampleTranscripts.timed(segments.size(), start, text.toString()));
        }
        return segments;
    }

    private static String withoutSpaces(Stream<String> texts) {
        return texts.collect(Collectors.joining()).replaceAll("\\s", "");
    }

    private static List<Cue> cues(TranscriptSegment... segments) {
        return Cues.of(new Transcript(SampleTranscripts.recording(), List.of(segments), 1), false);
    }
}
