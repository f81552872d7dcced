package dev.steno.library;

import dev.steno.archive.StoredListener;
import dev.steno.archive.StoredTranscript;
import dev.steno.transcript.Transcript;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/**
 * Tells the index of what this node stores, recovered transcripts and late ones included, so that it can be found at
 * once.
 */
@ApplicationScoped
public class StoredTranscripts implements StoredListener {
    private final LibraryIndex index;

    protected StoredTranscripts() { // for the container's proxy
        index = null;
    }

    @Inject
    public StoredTranscripts(LibraryIndex index) {
        this.index = index;
    }

    @Override
    public void onStored(Transcript transcript, StoredTranscript stored, List<String> formats) {
        stored.listed().ifPresent(index::onStored);
    }
}
