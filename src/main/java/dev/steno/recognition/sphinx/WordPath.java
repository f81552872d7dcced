package dev.steno.recognition.sphinx;

import dev.steno.recognition.RecognitionResult;
import dev.steno.transcript.Word;
import edu.cmu.sphinx.decoder.search.Token;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the words and their times from a path through the search graph. */
final class WordPath {
    private static final double MILLISECONDS_PER_SECOND = 1000;

    private WordPath() {}

    /** A token stands where its word ends, which is where the next word, or the silence after it, starts. */
    record Mark(String text, boolean filler, double end) {}

    static List<Mark> marks(Token last) {
        List<Mark> marks = new ArrayList<>();
        for (Token token = last; token != null; token = token.getPredecessor()) {
            if (token.isWord()) {
                edu.cmu.sphinx.linguist.dictionary.Word word = token.getWord();
                boolean filler = word.isFiller() || word.isSentenceStartWord() || word.isSentenceEndWord();
                marks.add(new Mark(word.getSpelling(), filler, token.getCollectTime() / MILLISECONDS_PER_SECOND));
            }
        }
        Collections.reverse(marks);
        return marks;
    }

    /**
     * The words without silences and noises, within the utterance. Sphinx does not know a confidence without a lattice.
     */
    static List<Word> words(List<Mark> marks, double utteranceStart, double utteranceEnd) {
        List<Word> words = new ArrayList<>();
        double start = utteranceStart;
        for (Mark mark : marks) {
            double end = Math.min(Math.max(mark.end(), start), utteranceEnd);
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
