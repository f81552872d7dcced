package dev.steno.recognition.sphinx;

import dev.steno.recognition.RecognitionResult;
import dev.steno.transcript.Word;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the words and their times from a path through the search graph. */
final class WordPath {
    private static final double FRAME_SECONDS = 0.01;

    private WordPath() {}

    /** A word ends where the next word, or the silence after it, starts: so many frames after the utterance began. */
    record Mark(String text, boolean filler, int endFrames) {}

    /** @param exit the last word's, or {@link WordExits#NONE} */
    static List<Mark> marks(WordExits exits, int exit, Lexicon lexicon) {
        List<Mark> marks = new ArrayList<>();
        for (int at = exit; at != WordExits.NONE && exits.entry(at) != WordExits.NONE; at = exits.previous(at)) {
            int entry = exits.entry(at);
            marks.add(new Mark(lexicon.spelling(lexicon.word(entry)), lexicon.filler(entry), exits.frame(at) + 1));
        }
        Collections.reverse(marks);
        return marks;
    }

    /** The words without silences and noises, within the utterance. How sure they are is not known. */
    static List<Word> words(List<Mark> marks, double utteranceStart, double utteranceEnd) {
        List<Word> words = new ArrayList<>();
        double start = utteranceStart;
        for (Mark mark : marks) {
            double end = Math.min(utteranceStart + mark.endFrames() * FRAME_SECONDS, utteranceEnd);
            if (!mark.filler()) {
                words.add(new Word(mark.text(), start, end, Double.NaN));
            }
            start = end;
        }
        return words;
    }

    /** Nothing if nothing was said. */
    static Optional<RecognitionResult> result(List<Word> words) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        String text = words.stream().map(Word::text).collect(Collectors.joining(" "));
        double start = words.get(0).start();
        double end = words.get(words.size() - 1).end();
        return Optional.of(new RecognitionResult(text, start, end, words));
    }
}
