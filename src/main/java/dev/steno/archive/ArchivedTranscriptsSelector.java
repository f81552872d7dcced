package dev.steno.archive;

import dev.steno.configuration.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;

/** Chooses as {@link ArchiveSelector} does: what is read is what was stored. */
@ApplicationScoped
public class ArchivedTranscriptsSelector {
    private final Settings settings;
    private final Instance<ArchivedTranscripts> bucket;
    private final Instance<ArchivedTranscripts> folder;

    protected ArchivedTranscriptsSelector() { // for the container's proxy
        this(null, null, null);
    }

    @Inject
    public ArchivedTranscriptsSelector(
            Settings settings,
            @InBucket Instance<ArchivedTranscripts> bucket,
            @InFolder Instance<ArchivedTranscripts> folder) {
        this.settings = settings;
        this.bucket = bucket;
        this.folder = folder;
    }

    @Produces
    public ArchivedTranscripts selected() {
        return settings.text(ArchiveSelector.S3_BUCKET).isPresent() ? bucket.get() : folder.get();
    }
}
