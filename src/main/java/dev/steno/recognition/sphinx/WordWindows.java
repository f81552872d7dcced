package dev.steno.recognition.sphinx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which words a first pass heard begin about when: all that a second pass needs to look at. */
final class WordWindows {
    private final int[][] entriesOfFrame;
    private final int[] all;

    /** @param minimumEnds a word that was heard to end over fewer frames is not believed */
    WordWindows(WordExits exits, int minimumEnds) {
        List<Map<Integer, int[]>> spans = new ArrayList<>();
        for (int frame = 0; frame <= exits.lastFrame() + 1; frame++) {
            spans.add(new HashMap<>());
        }
        for (int exit = 1; exit < exits.size(); exit++) {
            int end = exits.frame(exit);
            int begin = exits.frame(exits.previous(exit)) + 1;
            spans.get(begin).computeIfAbsent(exits.entry(exit), entry -> new int[] {end, end})[1] = end;
        }
        entriesOfFrame = spans.stream()
                .map(words -> words.entrySet().stream()
                        .filter(word -> word.getValue()[1] - word.getValue()[0] >= minimumEnds)
                        .mapToInt(Map.Entry::getKey)
                        .sorted()
                        .toArray())
                .toArray(int[][]::new);
        all = Arrays.stream(entriesOfFrame)
                .flatMapToInt(Arrays::stream)
                .distinct()
                .sorted()
                .toArray();
    }

    /** Every entry, in order. */
    int[] all() {
        return all;
    }

    /** Puts the entries that begin near the frame into the list, in order of frames, each once. */
    void near(int frame, int window, boolean[] seen, IntList found) {
        found.clear();
        int from = Math.max(0, frame - window);
        int to = Math.min(entriesOfFrame.length, frame + window);
        for (int at = from; at < to; at++) {
            for (int entry : entriesOfFrame[at]) {
                if (!seen[entry]) {
                    seen[entry] = true;
                    found.add(entry);
                }
            }
        }
        for (int i = 0; i < found.size(); i++) {
            seen[found.get(i)] = false;
        }
    }
}
