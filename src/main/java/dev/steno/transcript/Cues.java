package dev.steno.transcript;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Cuts a transcript into {@link Cue}s for reading: few, short and evenly filled lines, each cue shown while its words
 * are spoken, no two at a time.
 */
final class Cues {
    /** Characters in a line and lines in a cue: what subtitling guides agree on (BBC 37, Netflix 42; two lines). */
    static final int LINE_LENGTH = 42;

    static final int LINES = 2;

    /** A cue that is shown more briefly cannot be read; it stays until this, or until the next one. */
    private static final long READABLE_MILLIS = 1000;

    private Cues() {}

    /** @param speakersShown whether a cue ends where the speaker changes, and says who speaks */
    static List<Cue> of(Transcript transcript, boolean speakersShown) {
        List<Cue> cues = new ArrayList<>();
        for (TranscriptSegment segment : transcript.segments()) {
            List<Word> words = CueWords.of(segment);
            if (speakersShown) {
                SpeakerTurns.of(words).forEach(turn -> addCues(cues, turn, SpeakerTurns.speaker(turn)));
            } else {
                addCues(cues, words, Optional.empty());
            }
        }
        return readable(cues);
    }

    private static void addCues(List<Cue> cues, List<Word> words, Optional<String> speaker) {
        List<List<Word>> lines = evenLines(words);
        for (int first = 0; first < lines.size(); first += LINES) {
            long shownUntil = cues.isEmpty() ? 0 : cues.get(cues.size() - 1).endMillis();
            cues.add(cue(lines.subList(first, Math.min(first + LINES, lines.size())), shownUntil, speaker));
        }
    }

    private static List<Cue> readable(List<Cue> cues) {
        List<Cue> readable = new ArrayList<>();
        for (int i = 0; i < cues.size(); i++) {
            Cue cue = cues.get(i);
            long next = i + 1 < cues.size() ? cues.get(i + 1).startMillis() : Long.MAX_VALUE;
            long end = Math.min(next, Math.max(cue.endMillis(), cue.startMillis() + READABLE_MILLIS));
            readable.add(new Cue(cue.startMillis(), end, cue.lines(), cue.speaker()));
        }
        return readable;
    }

    /** No time at all, or times that overlap a neighbour's, still make a cue that can be seen after the one before. */
    private static Cue cue(List<List<Word>> lines, long shownUntil, Optional<String> speaker) {
        List<Word> last = lines.get(lines.size() - 1);
        long start = Math.max(millis(lines.get(0).get(0).start()), shownUntil);
        long end = Math.max(millis(last.get(last.size() - 1).end()), start + 1);
        return new Cue(start, end, lines.stream().map(Cues::text).toList(), speaker);
    }

    /** Lines of the narrowest width that needs no more of them, so that the last one is not a lonely word. */
    private static List<List<Word>> evenLines(List<Word> words) {
        List<List<Word>> even = fill(words, LINE_LENGTH);
        int count = even.size();
        for (int width = LINE_LENGTH - 1; width > 0; width--) {
            List<List<Word>> narrower = fill(words, width);
            if (narrower.size() > count) {
                break;
            }
            even = narrower;
        }
        return even;
    }

    private static List<List<Word>> fill(List<Word> words, int width) {
        List<List<Word>> lines = new ArrayList<>();
        int used = 0;
        for (Word word : words) {
            int needed = length(word.text());
            if (lines.isEmpty() || used + 1 + needed > width) {
                lines.add(new ArrayList<>());
                used = -1;
            }
            lines.get(lines.size() - 1).add(word);
            used += 1 + needed;
        }
        return lines;
    }

    private static String text(List<Word> line) {
        return line.stream().map(Word::text).collect(Collectors.joining(" "));
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static long millis(double seconds) {
        return Math.max(0, Math.round(seconds * 1000));
    }
}
