package dev.steno.session.upstream;

import dev.steno.recognition.RecognitionResult;
import dev.steno.transcript.PiiEntity;
import dev.steno.transcript.Word;
import java.util.List;
import java.util.Optional;

/** Takes out of a result what an earlier final already said, so that audio sent twice is shown once. */
final class ReplayFilter {
    private ReplayFilter() {}

    /**
     * Drops each word whose midpoint lies before the end of the last final.
     *
     * @param settledUntil end of the last final, in seconds of the client's audio, like the times of the result
     * @return what is new; empty if nothing is
     */
    static Optional<RecognitionResult> unsettled(RecognitionResult result, double settledUntil) {
        if (result.start() >= settledUntil) {
            return Optional.of(result);
        }
        List<Word> words = result.words();
        int old = 0;
        while (old < words.size() && (words.get(old).start() + words.get(old).end()) / 2 < settledUntil) {
            old++;
        }
        if (words.isEmpty() ? (result.start() + result.end()) / 2 < settledUntil : old == words.size()) {
            return Optional.empty();
        }
        String text = textFrom(result.text(), words, old);
        List<Word> rest = words.subList(old, words.size()).stream()
                .map(word -> word.at(Math.max(settledUntil, word.start()), Math.max(settledUntil, word.end())))
                .toList();
        List<PiiEntity> entities = result.entities().stream()
                .filter(entity -> (entity.start() + entity.end()) / 2 >= settledUntil)
                .map(entity -> entity.at(Math.max(settledUntil, entity.start()), entity.end()))
                .toList();
        double end = Math.max(settledUntil, result.end());
        return Optional.of(new RecognitionResult(text, settledUntil, end, rest, result.languageCode(), entities));
    }

    /** The text from a word on; punctuation, which only the text has, stays with the word before it. */
    private static String textFrom(String text, List<Word> words, int first) {
        int from = 0;
        for (int i = 0; i <= first && i < words.size(); i++) {
            int found = text.indexOf(words.get(i).text(), from);
            if (found < 0) {
                return text;
            }
            from = i == first ? found : found + words.get(i).text().length();
        }
        return text.substring(from);
    }
}
