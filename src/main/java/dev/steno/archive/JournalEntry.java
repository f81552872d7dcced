package dev.steno.archive;

import dev.steno.transcript.Recording;
import dev.steno.transcript.TranscriptSegment;

/** What a line of a journal says. */
sealed interface JournalEntry {
    /** The first line. */
    record Header(Recording recording) implements JournalEntry {}

    /** A final segment, written before the client sees it. */
    record Segment(TranscriptSegment segment) implements JournalEntry {}

    /**
     * A name under which the archive may hold the transcript, written before it is tried.
     *
     * @param stem without extension, prefix included
     * @param duration seconds of audio that the client sent
     */
    record Attempt(String stem, double duration) implements JournalEntry {}
}
