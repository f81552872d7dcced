package dev.steno.archive;

import java.time.Instant;
import java.util.Optional;

/**
 * What the archive did last, for health data. Trouble here does not make a node unready: the journal covers it.
 *
 * @param archive a folder's absolute path, or {@code s3://bucket/prefix}
 * @param waiting transcripts that are not stored yet
 * @param oldest since when this process knows of the one that waits longest; empty if none waits
 * @param stored transcripts that this process stored
 * @param failures tries that failed
 * @param last the outcome of the last try; empty before the first
 */
public record ArchiveStatus(
        String archive, int waiting, Optional<Instant> oldest, long stored, long failures, Optional<Outcome> last) {
    /**
     * @param text {@code stored <key>}, or why it failed
     */
    public record Outcome(boolean stored, String text, Instant at) {}
}
