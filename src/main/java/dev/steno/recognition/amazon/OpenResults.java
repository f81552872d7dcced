package dev.steno.recognition.amazon;

import dev.steno.recognition.RecognitionResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The results of one stream that are not final yet, by the service's id. Usually there is one; where two people speak
 * at once, there may be more.
 */
final class OpenResults {
    /** Times of the same moment differ by less than this, in seconds. */
    private static final double SAME = 0.05;

    private final Map<String, RecognitionResult> open = new LinkedHashMap<>();

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** @param result what is provisional now under this id; empty if the service took it back */
    void update(String id, Optional<RecognitionResult> result) {
        result.ifPresentOrElse(
                words -> {
                    supersede(id, words);
                    open.put(id, words);
                },
                () -> open.remove(id));
    }

    /** @param result what is final now under this id; empty if it held no words */
    void close(String id, Optional<RecognitionResult> result) {
        open.remove(id);
        result.ifPresent(words -> supersede(id, words));
    }

    /** What is provisional, as one result in the order in which it was said; empty if nothing is. */
    Optional<RecognitionResult> combined() {
        if (open.size() < 2) {
            return open.values().stream().findFirst();
        }
        List<RecognitionResult> results = new ArrayList<>(open.values());
        results.sort(Comparator.comparingDouble(RecognitionResult::start));
        String text = results.stream().map(RecognitionResult::text).collect(Collectors.joining(" "));
        double end = results.stream().mapToDouble(RecognitionResult::end).max().orElseThrow();
        RecognitionResult first = results.get(0);
        return Optional.of(new RecognitionResult(text, first.start(), end, List.of(), first.languageCode(), List.of()));
    }

    /** A result under another id that begins at the same moment, or covers an open one, says the same again. */
    private void supersede(String id, RecognitionResult by) {
        open.entrySet().removeIf(entry -> !entry.getKey().equals(id) && supersedes(by, entry.getValue()));
    }

    private static boolean supersedes(RecognitionResult by, RecognitionResult old) {
        boolean sameStart = Math.abs(by.start() - old.start()) < SAME;
        boolean covered = by.start() < old.start() && by.end() > old.end() - SAME;
        return sameStart || covered;
    }
}
