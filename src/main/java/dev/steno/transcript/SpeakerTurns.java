package dev.steno.transcript;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Cuts words where the speaker changes. A word without a speaker belongs to the one before. */
final class SpeakerTurns {
    private SpeakerTurns() {}

    /** @param words in order, at least one */
    static List<List<Word>> of(List<Word> words) {
        List<List<Word>> turns = new ArrayList<>();
        Optional<String> speaker = Optional.empty();
        for (Word word : words) {
            boolean changes = word.speaker().isPresent() && !word.speaker().equals(speaker);
            if (turns.isEmpty() || (changes && speaker.isPresent())) {
                turns.add(new ArrayList<>());
            }
            speaker = word.speaker().isPresent() ? word.speaker() : speaker;
            turns.get(turns.size() - 1).add(word);
        }
        return turns;
    }

    static Optional<String> firstSpeaker(TranscriptSegment segment) {
        return speaker(segment.words());
    }

    /** Who speaks in a turn. */
    static Optional<String> speaker(List<Word> turn) {
        return turn.stream().map(Word::speaker).flatMap(Optional::stream).findFirst();
    }

    /** What a reader sees of a speaker: the name, or the engine's label of one who has none. */
    static String name(String label, Map<String, String> names) {
        return names.getOrDefault(label, label);
    }
}
