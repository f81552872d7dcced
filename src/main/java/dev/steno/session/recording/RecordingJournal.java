package dev.steno.session.recording;

import dev.steno.archive.KeptFinals;
import dev.steno.archive.RestorableRecording;
import dev.steno.archive.SessionJournal;
import dev.steno.archive.TranscriptJournal;
import dev.steno.session.mailbox.SessionWorker;
import dev.steno.transcript.Recording;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The journal of a recording, which begins with its first audio. Belongs to the session's worker. */
final class RecordingJournal {
    private final TranscriptJournal journals;
    private final SessionWorker worker;
    private final Consumer<Throwable> onFault;
    private Recording recording;
    private SessionJournal journal;
    private boolean faultTold;

    /** @param onFault hears once, on the worker, that the disk does not take what is written */
    RecordingJournal(TranscriptJournal journals, SessionWorker worker, Consumer<Throwable> onFault) {
        this.journals = journals;
        this.worker = worker;
        this.onFault = onFault;
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

    /** @param heard hears, on the worker, where else the recording is */
    void begin(Recording begun, Map<String, String> options, List<String> tokenHashes, SessionJournal.Listener heard) {
        open(begun, journals.open(begun), heard);
        journal.begin(options, tokenHashes).exceptionally(fault -> {
            worker.submit(() -> onFault(fault));
            return null;
        });
    }

    void restore(RestorableRecording restored, SessionJournal.Listener heard) {
        open(restored.recording(), restored.journal(), heard);
    }

    private void open(Recording begun, SessionJournal opened, SessionJournal.Listener heard) {
        recording = begun;
        journal = opened;
        journal.listen(new SessionJournal.Listener() {
            @Override
            public void onPassed() {
                worker.submit(heard::onPassed);
            }

            @Override
            public void onShared(boolean durable) {
                worker.submit(() -> heard.onShared(durable));
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
            onFault.accept(fault);
        }
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
