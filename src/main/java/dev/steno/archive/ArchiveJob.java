package dev.steno.archive;

import dev.steno.transcript.Transcript;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Brings one transcript into the archive: finds it a name, writes that name into the journal, puts the documents there.
 * One try at a time; when the next one is due is the queue's matter.
 */
final class ArchiveJob {
    /** More recordings than this in one second are a fault of the archive. */
    private static final int MOST_NAMES = 1000;

    private final TranscriptArchive archive;
    private final DocumentFormats formats;
    private final UsedKeys used;
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
            SessionJournal journal,
            Transcript held) {
        this.archive = archive;
        this.formats = formats;
        this.used = used;
        this.journal = journal;
        this.held = held;
    }

    /**
     * One try, with as many names as it takes. Never throws.
     *
     * @param executor runs it; a refusal fails the try like any other fault
     */
    CompletionStage<StoredTranscript> attempt(Executor executor) {
        return CompletableFuture.completedFuture(this)
                .thenApplyAsync(ArchiveJob::load, executor)
                .thenCompose(this::writeName)
                .thenComposeAsync(transcript -> put(transcript, executor), executor);
    }

    /** The transcript is stored: the journal has done its work, unless a part of it could not be read. */
    void finish() {
        if (whole) {
            journal.discard();
        } else {
            journal.setAside();
        }
    }

    private Transcript load() {
        Optional<JournalEntry.Attempt> lastAttempt = Optional.empty();
        Transcript transcript = held;
        if (transcript == null) {
            JournalContent content = readJournal();
            whole = content.whole();
            lastAttempt = content.lastAttempt();
            transcript = content.transcript().orElseThrow(() -> failure("The journal holds no transcript.", null));
        }
        if (key == null) {
            TranscriptKey first = TranscriptKey.first(
                    archive.keyPrefix(), transcript.recording().startedAt());
            Optional<String> tried = lastAttempt.map(JournalEntry.Attempt::stem).filter(first::leadsTo);
            triedBefore = tried.isPresent();
            key = tried.map(first::resumedAt).orElseGet(() -> used.next(first));
        }
        return transcript;
    }

    /** The name comes into the journal before the try. A journal that is broken must not keep the text from the archive. */
    private CompletionStage<Transcript> writeName(Transcript transcript) {
        return journal.write(new JournalEntry.Attempt(key.stem(), transcript.durationSeconds()))
                .handle((written, fault) -> transcript);
    }

    private CompletionStage<StoredTranscript> put(Transcript transcript, Executor executor) {
        boolean again = triedBefore;
        triedBefore = true;
        try {
            return CompletableFuture.completedFuture(archive.store(new TranscriptDocuments(
                    transcript.recording().sessionId(), key.stem(), again, formats.render(transcript))));
        } catch (KeyTakenException e) {
            triedBefore = false;
            key = used.next(key.next());
            return key.number() > MOST_NAMES ? CompletableFuture.failedFuture(e) : attempt(executor);
        } catch (ArchiveException e) {
            letGo();
            return CompletableFuture.failedFuture(e);
        }
    }

    /** While the archive is out of reach, what is safe in journals need not fill the memory as well. */
    private void letGo() {
        if (held != null && journal.sound()) {
            JournalContent content = readJournal();
            if (content.whole() && content.segments().size() == held.segments().size()) {
                held = null;
            }
        }
    }

    private JournalContent readJournal() {
        try {
            return journal.read();
        } catch (IOException e) {
            throw failure("The journal cannot be read: " + e + ". Check JOURNAL_DIR and its disk.", e);
        }
    }

    private static CompletionException failure(String message, Throwable cause) {
        return new CompletionException(new ArchiveException(message, true, cause));
    }
}
