package dev.steno.transcript;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Recordings for tests. */
public final class SampleTranscripts {
    public static final Instant STARTED_AT = Instant.parse("2024-12-15T14:30:22.123Z");

    private SampleTranscripts() {}

    public static Recording recording(SessionId id) {
        return new Recording(id, STARTED_AT, "sphinx", "en-US");
    }

    public static Recording recording() {
        return recording(SessionId.random());
    }

    /**
     * The transcript of the golden files: short and long, with and without word times, and text that formats escape.
     */
    public static Transcript golden() {
        Recording recording = recording(SessionId.parse("6f9619ff-8b86-4d01-b42d-00cf4fc964ff"));
        List<TranscriptSegment> segments = List.of(
                new TranscriptSegment(
                        0,
                        "Good afternoon.",
                        0.5,
                        1.4,
                        List.of(new Word("Good", 0.5, 0.81, 0.987), new Word("afternoon.", 0.81, 1.4, Double.NaN))),
                timed(
                        1,
                        2.0,
                        "The quick brown fox jumps over the lazy dog while the five boxing wizards jump quickly past"
                                + " the sphinx of black quartz that judges every vow"),
                new TranscriptSegment(
                        2,
                        "Nobody knows when each of these words was spoken because the engine did not say so, and still"
                                + " they have to be read",
                        20.0,
                        26.0,
                        List.of()),
                new TranscriptSegment(3, "Tom & Jerry <b>are</b> --> here", 25.5, 25.5, List.of()),
                new TranscriptSegment(
                        4,
                        "https://example.org/a/very/long/address/without/any/space/that/must/be/cut/somewhere",
                        27.0004,
                        28.9996,
                        List.of()));
        return new Transcript(recording, segments, 3725.25);
    }

    /** Each word of the text takes 0.4 s and is followed by 0.1 s of silence. */
    public static TranscriptSegment timed(int number, double start, String text) {
        List<Word> words = new ArrayList<>();
        for (String word : text.split(" ", -1)) {
            double at = start + words.size() * 0.5;
            words.add(new Word(word, at, at + 0.4, 0.5));
        }
        return new TranscriptSegment(
                number, text, start, words.get(words.size() - 1).end(), words);
    }

    public static TranscriptSegment segment(int number) {
        return timed(number, number * 10, "This is what was said at position " + number);
    }

    public static Transcript transcript(Recording recording, int segments) {
        List<TranscriptSegment> all = new ArrayList<>();
        for (int i = 0; i < segments; i++) {
            all.add(segment(i));
        }
        return new Transcript(recording, all, segments * 10);
    }
}
