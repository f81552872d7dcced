package dev.steno.transcript;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The text of a segment as words that each fit into a line, each with the time in which it was spoken: the engine's
 * where its words are those of the text, else a share of the segment's time by length.
 */
final class CueWords {
    private CueWords() {}

    static List<Word> of(TranscriptSegment segment) {
        List<String> texts = Arrays.stream(segment.text().split("\\s+"))
                .filter(text -> !text.isEmpty())
                .toList();
        List<Word> timed = segment.words().size() == texts.size()
                ? withTimesOf(segment.words(), texts)
                : spread(texts, 1, segment.start(), segment.end(), SpeakerTurns.firstSpeaker(segment));
        return timed.stream().flatMap(word -> cut(word).stream()).toList();
    }

    private static List<Word> withTimesOf(List<Word> words, List<String> texts) {
        List<Word> timed = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            Word word = words.get(i);
            timed.add(new Word(texts.get(i), word.start(), word.end(), Double.NaN, word.speaker()));
        }
        return timed;
    }

    /** Text without spaces (a web address, Chinese) is cut where the line ends. */
    private static List<Word> cut(Word word) {
        List<String> pieces = new ArrayList<>();
        String rest = word.text();
        while (Cues.length(rest) > Cues.LINE_LENGTH) {
            int end = rest.offsetByCodePoints(0, Cues.LINE_LENGTH);
            pieces.add(rest.substring(0, end));
            rest = rest.substring(end);
        }
        pieces.add(rest);
        return spread(pieces, 0, word.start(), word.end(), word.speaker());
    }

    private static List<Word> spread(List<String> texts, int gap, double start, double end, Optional<String> speaker) {
        int total = texts.stream().mapToInt(text -> Cues.length(text) + gap).sum() - gap;
        double perCharacter = (end - start) / Math.max(total, 1);
        List<Word> spread = new ArrayList<>();
        int position = 0;
        for (String text : texts) {
            int after = position + Cues.length(text);
            double from = start + position * perCharacter;
            spread.add(new Word(text, from, start + after * perCharacter, Double.NaN, speaker));
            position = after + gap;
        }
        return spread;
    }
}
