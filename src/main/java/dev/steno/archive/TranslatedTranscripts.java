package dev.steno.archive;

import dev.steno.archive.TranscriptDocuments.Document;
import dev.steno.transcript.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Stores translations beside transcripts that are stored already: {@code 20241215_143022.fr.vtt}. They can be made
 * again, so they are tried for a while and have no journal. Thread-safe; no method blocks.
 */
@ApplicationScoped
public class TranslatedTranscripts {
    /** With the waits between them about half an hour. */
    private static final int TRIES = 40;

    private static final System.Logger LOG = System.getLogger(TranslatedTranscripts.class.getName());

    private final TranscriptArchive archive;
    private final Executor executor;
    private final ScheduledExecutorService scheduler;

    protected TranslatedTranscripts() { // for the container's proxy
        this(null, null, null);
    }

    @Inject
    public TranslatedTranscripts(TranscriptArchive archive, ArchiveExecutors executors) {
        this(archive, executors.archive(), executors.schedule());
    }

    TranslatedTranscripts(TranscriptArchive archive, Executor executor, ScheduledExecutorService scheduler) {
        this.archive = archive;
        this.executor = executor;
        this.scheduler = scheduler;
    }

    /** @param transcript where the words that were said are stored */
    public void store(StoredTranscript transcript, SessionId session, String language, String webVtt) {
        attempt(transcript, session, new Document(language + ".vtt", "text/vtt; charset=utf-8", webVtt), 1);
    }

    private void attempt(StoredTranscript transcript, SessionId session, Document document, int number) {
        try {
            executor.execute(() -> {
                try {
                    archive.addBeside(transcript, session, document);
                } catch (ArchiveException e) {
                    onFailure(transcript, session, document, number, e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.log(Level.WARNING, "{0} is not translated in the archive: the server goes down.", transcript.key());
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the task deals with every outcome
    private void onFailure(
            StoredTranscript transcript, SessionId session, Document document, int number, ArchiveException cause) {
        if (number >= TRIES) {
            LOG.log(
                    Level.WARNING,
                    "The translation {0} of {1} is given up: {2}",
                    document.extension(),
                    transcript.key(),
                    cause.getMessage());
            return;
        }
        long wait = ArchivePatience.DEFAULT.passing().afterFailure(number).toMillis();
        try {
            scheduler.schedule(() -> attempt(transcript, session, document, number + 1), wait, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "The server takes no more tasks: it is going down.", e);
        }
    }
}
