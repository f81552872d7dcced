package dev.steno.archive;

import dev.steno.transcript.Recording;
import dev.steno.transcript.TranscriptSegment;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What a line of a journal says. */
sealed interface JournalEntry {
    /** The first line. */
    record Header(Recording recording) implements JournalEntry {}

    /** The options of {@code start}, by name: with them another process can go on with the recording. */
    record Origin(Map<String, String> options) implements JournalEntry {
        public Origin {
            options = Map.copyOf(options);
        }
    }

    /** The resume tokens that are good from now on, hashed, the oldest first. Replaces the ones before. */
    record Tokens(List<String> hashes) implements JournalEntry {
        public Tokens {
            hashes = List.copyOf(hashes);
        }
    }

    /**
     * A final segment, written before the client sees it.
     *
     * @param settledBytes the audio before this position needs no recogniser any more; in the same line as the segment,
     *     so that a crash cannot part the two. Absent in journals of earlier versions
     */
    record Segment(TranscriptSegment segment, OptionalLong settledBytes) implements JournalEntry {
        Segment(TranscriptSegment segment) {
            this(segment, OptionalLong.empty());
        }
    }

    /** The audio before this position needs no recogniser any more, although no final covers it. */
    record Settled(long bytes) implements JournalEntry {}

    /**
     * A name under which the archive may hold the transcript, written before it is tried.
     *
     * @param stem without extension, prefix included
     * @param duration seconds of audio that the client sent
     */
    record Attempt(String stem, double duration) implements JournalEntry {}
}
