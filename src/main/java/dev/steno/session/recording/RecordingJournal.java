package dev.steno.session.recording;

import dev.steno.archive.KeptFinals;
import dev.steno.archive.RestorableRecording;
import dev.steno.archive.SessionJournal;
import dev.steno.archive.TranscriptJournal;
import dev.steno.session.mailbox.SessionWorker;
import dev.steno.transcript.Recording;
import dev.steno.transcript.TranscriptSegment;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The journal of a recording, which begins with its first audio. Belongs to the session's worker. */
final class RecordingJournal {
    private final TranscriptJournal journals;
    private final SessionWorker worker;
    private final Listener listener;
    private Recording recording;
    private SessionJournal journal;
    private boolean faultTold;

    /** Hears, on the worker, where else the recording is, and once that the disk does not take what is written. */
    interface Listener extends SessionJournal.Listener {
        void onFault(Throwable fault);
    }

    RecordingJournal(TranscriptJournal journals, SessionWorker worker, Listener listener) {
        this.journals = journals;
        this.worker = worker;
        this.listener = listener;
    }

    boolean hasBegun() {
        return journal != null;
    }

    /** What is recorded. Null before the first audio. */
    Recording recording() {
        return recording;
    }

    /** The journal itself. Null before the first audio. */
    SessionJournal file() {
        return journal;
    }

    void begin(Recording begun, Map<String, String> options, List<String> tokenHashes) {
        open(begun, journals.open(begun));
        journal.begin(options, tokenHashes).exceptionally(fault -> {
            worker.submit(() -> onFault(fault));
            return null;
        });
    }

    void restore(RestorableRecording restored) {
        open(restored.recording(), restored.journal());
    }

    private void open(Recording begun, SessionJournal opened) {
        recording = begun;
        journal = opened;
        journal.listen(new SessionJournal.Listener() {
            @Override
            public void onPassed() {
                worker.submit(listener::onPassed);
            }

            @Override
            public void onShared(boolean durable) {
                worker.submit(() -> listener.onShared(durable));
            }
        });
    }

    /** @param position of its first byte in the client's audio */
    void audio(long position, byte[] pcm) {
        journal.audio(position, pcm);
    }

    /** The tokens that the client may resume with from now on. @return completes when a crash cannot forget them */
    CompletionStage<Void> tokens(List<String> hashes) {
        return journal == null ? CompletableFuture.completedFuture(null) : journal.tokens(hashes);
    }

    void onFault(Throwable fault) {
        if (!faultTold) {
            faultTold = true;
            listener.onFault(fault);
        }
    }

    /** Comes after the first audio. @return completes once it is on disk */
    CompletionStage<Void> append(TranscriptSegment segment, long settledBytes) {
        return journal.append(segment, settledBytes);
    }

    /** Comes after the first audio. @return completes once it is on disk */
    CompletionStage<Void> settle(long bytes) {
        return journal.settle(bytes);
    }

    void handOver() {
        if (journal != null) {
            journal.handOver();
        }
    }

    void discard() {
        if (journal != null) {
            journal.discard();
        }
    }

    /** The recording goes on at another node, which has all of it. */
    void abandon() {
        journal.abandon();
    }

    CompletionStage<KeptFinals> keep() {
        return journal.keep();
    }
}
