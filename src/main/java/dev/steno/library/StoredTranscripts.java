package dev.steno.library;

import dev.steno.archive.StoredTranscript;
import dev.steno.archive.TranscriptStem;
import dev.steno.session.RecordingListener;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Tells the index of what this node stores, so that it can be found at once. */
@ApplicationScoped
public class StoredTranscripts implements RecordingListener {
    /** At the end of a key, whatever the prefix. */
    private static final Pattern STEM = Pattern.compile("([0-9]{8}_[0-9]{6}(?:_[1-9][0-9]{0,6})?)\\.txt$");

    private final LibraryIndex index;

    protected StoredTranscripts() { // for the container's proxy
        index = null;
    }

    @Inject
    public StoredTranscripts(LibraryIndex index) {
        this.index = index;
    }

    @Override
    public void onEnded(Description recording, Ending ending) {
        ending.stored().flatMap(StoredTranscripts::stem).ifPresent(index::onStored);
    }

    static Optional<TranscriptStem> stem(StoredTranscript stored) {
        return STEM.matcher(stored.key())
                .results()
                .map(MatchResult::group)
                .map(name -> name.substring(0, name.length() - ".txt".length()))
                .findFirst()
                .flatMap(TranscriptStem::parse);
    }
}
