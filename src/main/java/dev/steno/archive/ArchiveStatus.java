package dev.steno.archive;

import java.time.Instant;
import java.util.Optional;

/**
 * What the archive did last, for health data. Trouble here does not make a node unready: the journal covers it.
 *
 * @param archive a folder's absolute path, or {@code s3://bucket/prefix}
 * @param waiting transcripts that are not stored yet
 * @param last the outcome of the last try; empty before the first
 */
public record ArchiveStatus(String archive, int waiting, Optional<Outcome> last) {
    /**
     * @param text {@code stored <key>}, or why it failed
     */
    public record Outcome(boolean stored, String text, Instant at) {}
}
