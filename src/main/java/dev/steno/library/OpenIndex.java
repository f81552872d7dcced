package dev.steno.library;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.apache.lucene.store.AlreadyClosedException;

/**
 * The index that is in use, if there is one. One that is broken or of another version is thrown away and begun anew.
 */
final class OpenIndex {
    private static final System.Logger LOG = System.getLogger(OpenIndex.class.getName());

    private final IndexFolder folder;
    private volatile SearchIndex index;
    private volatile String problem;

    OpenIndex(IndexFolder folder) {
        this.folder = folder;
    }

    Optional<SearchIndex> get() {
        return Optional.ofNullable(index);
    }

    /** Transcripts in it. */
    int size() {
        try {
            return get().map(SearchIndex::size).orElse(0);
        } catch (AlreadyClosedException e) {
            return 0;
        }
    }

    /** Why there is no index, or why it was begun anew and is not complete yet. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** All of the archive is in the index. */
    void heal() {
        problem = null;
    }

    /** Finds the index of an earlier start, or begins one. If neither can be done, {@link #problem} tells. */
    void open() {
        try {
            index = new SearchIndex(folder.claim());
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.INFO, "The search index is built anew: {0}", e.toString());
            beginAnew();
        }
    }

    private void beginAnew() {
        try {
            folder.clear();
            index = new SearchIndex(folder.claim());
        } catch (IOException | RuntimeException e) {
            if (problem == null) {
                LOG.log(
                        Level.WARNING,
                        "Transcripts cannot be searched: no index in " + folder.root()
                                + ". Check LIBRARY_INDEX_DIR and its disk.",
                        e);
            }
            problem = e.toString();
        }
    }

    /** @return whether this call did it: several threads may notice that an index is broken */
    synchronized boolean throwAway(SearchIndex broken, Exception fault) {
        if (broken != index) {
            return false;
        }
        if (problem == null) { // once, however often: on a full disk it breaks again and again
            LOG.log(Level.WARNING, "The search index is broken and is built anew.", fault);
        }
        problem = fault.toString();
        index = null;
        broken.abandon();
        try {
            folder.clear();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The broken search index could not be deleted.", e);
        }
        return true;
    }

    /** May be called more than once. */
    void close() {
        SearchIndex last = index;
        index = null;
        if (last != null) {
            last.close();
        }
        try {
            folder.release();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "The lock of the index could not be released.", e);
        }
    }
}
