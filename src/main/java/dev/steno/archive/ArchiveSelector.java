package dev.steno.archive;

import dev.steno.configuration.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;

/**
 * Chooses the archive: the bucket when {@code S3_BUCKET} is set, else the folder. The adapters carry qualifiers of
 * their own, so that whoever injects a plain {@link TranscriptArchive} gets the chosen one, and the other is never
 * made.
 */
@ApplicationScoped
public class ArchiveSelector {
    /** The bucket's name. Read here for its presence alone. */
    public static final String S3_BUCKET = "S3_BUCKET";

    private final Settings settings;
    private final Instance<TranscriptArchive> bucket;
    private final Instance<TranscriptArchive> folder;

    protected ArchiveSelector() { // for the container's proxy
        this(null, null, null);
    }

    @Inject
    public ArchiveSelector(
            Settings settings,
            @InBucket Instance<TranscriptArchive> bucket,
            @InFolder Instance<TranscriptArchive> folder) {
        this.settings = settings;
        this.bucket = bucket;
        this.folder = folder;
    }

    @Produces
    public TranscriptArchive selected() {
        return settings.text(S3_BUCKET).isPresent() ? bucket.get() : folder.get();
    }
}
