package dev.steno.session.recording;

import dev.steno.archive.PassedException;
import dev.steno.recognition.RecognitionResult;
import dev.steno.session.SessionEvent;
import dev.steno.session.mailbox.SessionWorker;
import dev.steno.transcript.TranscriptSegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * What was recognised in one recording. Numbers the segments, brings each final to the journal before the client sees
 * it, and keeps partials from overtaking finals. Belongs to the session's worker.
 */
final class Captions {
    private final SessionWorker worker;
    private final Consumer<SessionEvent> client;
    private final LongConsumer onSettled;
    private final RecordingJournal journal;
    private final List<TranscriptSegment> segments = new ArrayList<>();

    private RecognitionResult partial;
    private int shown;
    /** What the journal was given last, and how many positions it has not confirmed yet. */
    private long settled;

    private int waiting;
    private final Queue<Runnable> afterwards = new ArrayDeque<>();

    /**
     * @param journal where finals go; it has begun before the first of them
     * @param client is shown finals and partials
     * @param onSettled hears, on the worker, of each position that the journal remembers
     */
    Captions(SessionWorker worker, RecordingJournal journal, Consumer<SessionEvent> client, LongConsumer onSettled) {
        this.worker = worker;
        this.journal = journal;
        this.client = client;
        this.onSettled = onSettled;
    }

    List<TranscriptSegment> segments() {
        return segments;
    }

    /** What the client was shown, from a number on. */
    List<TranscriptSegment> shownFrom(int number) {
        return segments.subList(Math.min(number, shown), shown);
    }

    void addPartial(RecognitionResult result) {
        partial = result;
        showPartial();
    }

    /**
     * @param engine that recognised it
     * @param settledBytes the position in the client's audio that the journal remembers with it
     */
    void addFinal(RecognitionResult result, String engine, long settledBytes) {
        partial = null;
        TranscriptSegment segment = new TranscriptSegment(
                segments.size(),
                result.text(),
                result.start(),
                result.end(),
                result.words(),
                result.languageCode(),
                result.entities(),
                Optional.of(engine));
        segments.add(segment);
        settled = settledBytes;
        journal.append(segment, settledBytes)
                .whenComplete((written, fault) -> worker.submit(() -> show(segment, settledBytes, fault)));
    }

    /** The engine takes the partial back: it held no words. */
    void takePartialBack() {
        if (partial != null) {
            RecognitionResult gone = partial;
            partial = null;
            if (shown == segments.size()) {
                client.accept(new SessionEvent.Partial(shown, "", gone.start(), gone.end()));
            }
        }
    }

    /** No better result comes: a left-over partial becomes final. */
    void settle(String engine, long settledBytes) {
        if (partial != null) {
            addFinal(partial, engine, settledBytes);
        } else if (journal.hasBegun()) {
            settled(settledBytes);
        }
    }

    /** No final covers this audio: the journal has to be told on its own. */
    void settled(long settledBytes) {
        if (settledBytes <= settled) {
            return;
        }
        settled = settledBytes;
        waiting++;
        journal.settle(settledBytes)
                .whenComplete((written, fault) -> worker.submit(() -> {
                    waiting--;
                    if (fault == null) {
                        onSettled.accept(settledBytes);
                    }
                    runAfterwards();
                }));
    }

    /** The finals are on disk, and need no memory any more. */
    void release() {
        segments.clear();
        shown = 0;
    }

    /** The finals of a recording that goes on. */
    void restore(List<TranscriptSegment> finals, long settledBytes) {
        settled = settledBytes;
        recall(finals);
    }

    /** After {@link #release}. */
    void recall(List<TranscriptSegment> finals) {
        segments.addAll(finals);
        shown = finals.size();
    }

    /** Runs a task once the journal has, and the client was shown, all that came so far; tasks run in order. */
    void whenShown(Runnable task) {
        afterwards.add(task);
        runAfterwards();
    }

    private void show(TranscriptSegment segment, long settledBytes, Throwable fault) {
        if (isPassed(fault)) {
            return; // another node has the recording, and knows nothing of this final
        }
        if (fault != null) {
            journal.onFault(fault);
        }
        shown++;
        client.accept(new SessionEvent.Final(segment));
        if (fault == null) {
            onSettled.accept(settledBytes);
        }
        showPartial();
        runAfterwards();
    }

    private static boolean isPassed(Throwable fault) {
        return fault instanceof PassedException || (fault != null && fault.getCause() instanceof PassedException);
    }

    private void showPartial() {
        if (partial != null && shown == segments.size()) {
            client.accept(new SessionEvent.Partial(
                    shown, partial.text(), partial.start(), partial.end(), partial.stableCharacters()));
        }
    }

    private void runAfterwards() {
        while (shown == segments.size() && waiting == 0 && !afterwards.isEmpty()) {
            afterwards.remove().run();
        }
    }
}
