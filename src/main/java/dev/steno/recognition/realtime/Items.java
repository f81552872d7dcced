package dev.steno.recognition.realtime;

import dev.steno.recognition.RecognitionResult;
import dev.steno.recognition.remote.EngineLine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The items of a transcription session, each an utterance. The server completes them in any order; they are told in the
 * order in which they were spoken.
 *
 * <p>An item's times are those of the server's voice detection. Where it says nothing, an item begins with the end of
 * the one before, and ends where the client committed it: no word of it lies outside. Words have no times.
 */
final class Items {
    private final EngineLine line;
    /** Those that are not told, oldest first. */
    private final Map<String, Item> open = new LinkedHashMap<>();

    private double toldUntil;
    private double committedUntil;

    private static final class Item {
        private double start = Double.NaN;
        private double end = Double.NaN;
        private boolean committed;
        private final StringBuilder deltas = new StringBuilder();
        private String transcript;
    }

    Items(EngineLine line) {
        this.line = line;
    }

    private Item item(String id) {
        return open.computeIfAbsent(id, unknown -> new Item());
    }

    void started(String id, double seconds) {
        item(id).start = seconds;
    }

    void stopped(String id, double seconds) {
        item(id).end = seconds;
    }

    /** Whether the server's voice detection found the end of an item. */
    boolean stopped(String id) {
        return open.containsKey(id) && !Double.isNaN(open.get(id).end);
    }

    /** @param until where its audio ends at the latest */
    void committed(String id, double until) {
        Item item = item(id);
        item.committed = true;
        if (Double.isNaN(item.start)) {
            item.start = committedUntil;
        }
        if (Double.isNaN(item.end)) {
            item.end = until;
        }
        committedUntil = Math.max(committedUntil, item.end);
    }

    void delta(String id, String text) {
        item(id).deltas.append(text);
        Map.Entry<String, Item> oldest = open.entrySet().iterator().next();
        if (oldest.getKey().equals(id)) {
            tellPartial(oldest.getValue());
        }
    }

    private void tellPartial(Item item) {
        String text = oneLine(item.deltas.toString());
        if (!text.isEmpty()) {
            double start = start(item);
            double end = Double.isNaN(item.end) ? line.sentSeconds() : item.end;
            line.partial(RecognitionResult.partial(text, start, Math.max(start, end), text.length()));
        }
    }

    void completed(String id, String transcript) {
        item(id).transcript = oneLine(transcript);
        while (!open.isEmpty()) {
            Map.Entry<String, Item> oldest = open.entrySet().iterator().next();
            if (oldest.getValue().transcript == null) {
                tellPartial(oldest.getValue());
                return;
            }
            open.remove(oldest.getKey());
            tell(oldest.getValue());
        }
    }

    private void tell(Item item) {
        double start = start(item);
        double end = Math.max(start, Double.isNaN(item.end) ? line.sentSeconds() : item.end);
        toldUntil = end;
        committedUntil = Math.max(committedUntil, end);
        if (item.transcript.isEmpty()) {
            line.noWords(end);
        } else {
            line.settled(new RecognitionResult(item.transcript, start, end, List.of()));
        }
    }

    private double start(Item item) {
        return Math.max(toldUntil, Double.isNaN(item.start) ? committedUntil : item.start);
    }

    /** Whether somebody speaks, as far as the server said. */
    boolean speaking() {
        return open.values().stream().anyMatch(item -> !item.committed);
    }

    /** There is no audio that an item without a commit could be made of. */
    void dropUncommitted() {
        open.values().removeIf(item -> !item.committed && item.transcript == null);
    }

    boolean allTold() {
        return open.isEmpty();
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
