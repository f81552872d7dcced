package dev.steno.session;

import dev.steno.archive.SessionJournal;
import dev.steno.recognition.RecognitionResult;
import dev.steno.session.mailbox.SessionWorker;
import dev.steno.transcript.TranscriptSegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * What was recognised in one recording. Numbers the segments, brings each final to the journal before the client sees
 * it, and keeps partials from overtaking finals. Belongs to the session's worker.
 */
final class Captions {
    private final SessionWorker worker;
    private final Consumer<SessionEvent> client;
    private final Consumer<Throwable> onJournalFault;
    private final List<TranscriptSegment> segments = new ArrayList<>();

    private SessionJournal journal;
    private RecognitionResult partial;
    private int shown;
    private final Queue<Runnable> afterwards = new ArrayDeque<>();

    /** @param onJournalFault hears each failure to write, on the worker */
    Captions(SessionWorker worker, Consumer<SessionEvent> client, Consumer<Throwable> onJournalFault) {
        this.worker = worker;
        this.client = client;
        this.onJournalFault = onJournalFault;
    }

    /** Where finals go from now on; comes before the first of them. */
    void journal(SessionJournal opened) {
        journal = opened;
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

    void addFinal(RecognitionResult result) {
        partial = null;
        TranscriptSegment segment = new TranscriptSegment(
                segments.size(),
                result.text(),
                result.start(),
                result.end(),
                result.words(),
                result.languageCode(),
                result.entities());
        segments.add(segment);
        journal.append(segment).whenComplete((written, fault) -> worker.submit(() -> show(segment, fault)));
    }

    /** No better result comes: a left-over partial becomes final. */
    void settle() {
        if (partial != null) {
            addFinal(partial);
        }
    }

    /** Runs a task once the client was shown every final that came so far; tasks run in order. */
    void whenShown(Runnable task) {
        afterwards.add(task);
        runAfterwards();
    }

    private void show(TranscriptSegment segment, Throwable fault) {
        if (fault != null) {
            onJournalFault.accept(fault);
        }
        shown++;
        client.accept(new SessionEvent.Final(segment));
        showPartial();
        runAfterwards();
    }

    private void showPartial() {
        if (partial != null && shown == segments.size()) {
            client.accept(new SessionEvent.Partial(shown, partial.text(), partial.start(), partial.end()));
        }
    }

    private void runAfterwards() {
        while (shown == segments.size() && !afterwards.isEmpty()) {
            afterwards.remove().run();
        }
    }
}
