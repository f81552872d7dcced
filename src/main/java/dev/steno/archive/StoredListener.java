package dev.steno.archive;

import dev.steno.transcript.Transcript;
import java.util.List;

/**
 * Hears of each transcript that is stored, whether its recording ran in this process or is recovered from a journal.
 * Called before the journal goes, so that what is kept on disk here survives what the journal survives; may be called
 * again for one transcript after a crash. Every CDI bean of this type is told. It may block on the disk, shortly, and
 * does not throw.
 */
public interface StoredListener {
    /** For nodes where nobody listens. */
    StoredListener NONE = (transcript, stored, formats) -> {};

    /** @param formats extensions of the documents that were stored: {@code txt}, {@code json} */
    void onStored(Transcript transcript, StoredTranscript stored, List<String> formats);

    /** Tells several, in their order. */
    static StoredListener all(List<StoredListener> listeners) {
        return (transcript, stored, formats) -> listeners.forEach(each -> each.onStored(transcript, stored, formats));
    }
}
