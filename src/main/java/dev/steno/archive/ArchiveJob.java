package dev.steno.archive;

import dev.steno.spool.WavFile;
import dev.steno.transcript.AudioFormat;
import dev.steno.transcript.Transcript;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Brings one transcript into the archive: finds it a name, writes that name into the journal, puts the documents there.
 * One try at a time; when the next one is due is the queue's matter.
 */
final class ArchiveJob {
    /** More recordings than this in one second are a fault of the archive. */
    private static final int MOST_NAMES = 1000;

    /** A disk that takes longer for a line hangs. */
    private static final Duration JOURNAL_TIMEOUT = Duration.ofSeconds(10);

    private static final System.Logger LOG = System.getLogger(ArchiveJob.class.getName());

    private final TranscriptArchive archive;
    private final DocumentFormats formats;
    private final UsedKeys used;
    private final StoredListener listener;
    private final SessionJournal journal;
    private Transcript held;
    private TranscriptKey key;
    private boolean triedBefore;
    private boolean whole = true;

    /** @param held the transcript, or null if it is only in the journal */
    ArchiveJob(
            TranscriptArchive archive,
            DocumentFormats formats,
            UsedKeys used,
            StoredListener listener,
            SessionJournal journal,
            Transcript held) {
        this.listener = listener;
        this.archive = archive;
        this.formats = formats;
        this.used = used;
        this.journal = journal;
        this.held = held;
    }

    /**
     * One try, with as many names as it takes, as one task: a transcript is in memory only while a thread works on it,
     * however many wait for an archive that hangs. Never throws.
     *
     * @param executor runs it, and blocks; a refusal fails the try like any other fault
     */
    CompletionStage<StoredTranscript> attempt(Executor executor) {
        CompletableFuture<StoredTranscript> stored = new CompletableFuture<>();
        try {
            executor.execute(() -> attempt(stored));
        } catch (RejectedExecutionException e) {
            stored.completeExceptionally(e);
        }
        return stored;
    }

    /** Completed on this thread, after the transcript is out of its reach. */
    private void attempt(CompletableFuture<StoredTranscript> stored) {
        StoredTranscript transcript;
        try {
            transcript = attempt();
        } catch (ArchiveException | RuntimeException | Error e) { // the latter, so that nobody waits for ever
            stored.completeExceptionally(e);
            return;
        }
        stored.complete(transcript);
    }

    private StoredTranscript attempt() throws ArchiveException {
        Transcript transcript = load();
        int taken = 0;
        while (true) {
            writeName(transcript);
            try {
                Optional<WavFile> audio = journal.finishAudio();
                StoredTranscript stored = put(transcript, audio);
                listener.onStored(transcript, stored, formats.extensions(transcript, audio));
                return stored;
            } catch (KeyTakenException e) {
                triedBefore = false;
                key = used.next(key.next());
                if (++taken > MOST_NAMES) {
                    throw e;
                }
            } catch (ArchiveException e) {
                letGo();
                throw e;
            }
        }
    }

    /** The transcript is stored: the journal has done its work, unless a part of it could not be read. */
    void finish() {
        if (whole) {
            journal.discard();
        } else {
            journal.setAside();
        }
    }

    private Transcript load() throws ArchiveException {
        Optional<JournalEntry.Attempt> lastAttempt = Optional.empty();
        Transcript transcript = held;
        Optional<Integer> promised = journal.number();
        if (transcript == null) {
            JournalContent content = readJournal();
            whole = content.whole();
            promised = content.number();
            lastAttempt = content.lastAttempt();
            transcript = content.transcript()
                    .orElseThrow(() -> new ArchiveException("The journal holds no transcript.", true, null));
            if (lastAttempt.isEmpty()) { // its process died: of audio that nobody heard to the end, no text knows
                journal.cutAudio(AudioFormat.bytes(transcript.durationSeconds()));
            }
        }
        if (key == null) {
            TranscriptKey first = TranscriptKey.first(
                    archive.keyPrefix(), transcript.recording().startedAt());
            Optional<String> tried = lastAttempt.map(JournalEntry.Attempt::stem).filter(first::leadsTo);
            triedBefore = tried.isPresent();
            Optional<TranscriptKey> known = promised.map(first::numbered);
            Optional<TranscriptKey> given = tried.map(first::resumedAt).or(() -> known);
            key = given.orElseGet(() -> used.next(first));
        }
        return transcript;
    }

    /** The name is in the journal before the try. A journal that is broken must not keep the text from the archive. */
    private void writeName(Transcript transcript) throws ArchiveException {
        try {
            journal.write(new JournalEntry.Attempt(key.stem(), transcript.durationSeconds()))
                    .toCompletableFuture()
                    .get(JOURNAL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PassedException) {
                journal.abandon();
                throw new ArchiveException(e.getCause().getMessage(), false, e.getCause());
            }
            LOG.log(Level.DEBUG, "The name " + key.stem() + " did not come into the journal.", e);
        } catch (TimeoutException e) {
            LOG.log(Level.DEBUG, "The name " + key.stem() + " did not come into the journal.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private StoredTranscript put(Transcript transcript, Optional<WavFile> audio) throws ArchiveException {
        boolean again = triedBefore;
        triedBefore = true;
        return archive.store(new TranscriptDocuments(
                transcript.recording().sessionId(), key.stem(), again, formats.render(transcript, audio), audio));
    }

    /** While the archive is out of reach, what is safe in journals need not fill the memory as well. */
    private void letGo() throws ArchiveException {
        if (held != null && journal.sound()) {
            JournalContent content = readJournal();
            if (content.whole() && content.segments().size() == held.segments().size()) {
                held = null;
            }
        }
    }

    private JournalContent readJournal() throws ArchiveException {
        try {
            return journal.read();
        } catch (IOException e) {
            throw new ArchiveException(
                    "The journal cannot be read: " + e + ". Check JOURNAL_DIR and its disk.", true, e);
        }
    }
}
