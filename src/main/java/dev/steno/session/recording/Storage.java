package dev.steno.session.recording;

import dev.steno.archive.ArchiveQueue;
import dev.steno.archive.TranscriptJournal;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** Where finals go while a recording runs, and where its transcript goes in the end. */
@Dependent
public class Storage {
    private final TranscriptJournal journals;
    private final ArchiveQueue archive;

    @Inject
    public Storage(TranscriptJournal journals, ArchiveQueue archive) {
        this.journals = journals;
        this.archive = archive;
    }

    TranscriptJournal journals() {
        return journals;
    }

    ArchiveQueue archive() {
        return archive;
    }
}
