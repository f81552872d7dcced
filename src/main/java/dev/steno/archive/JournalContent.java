package dev.steno.archive;

import dev.steno.transcript.Recording;
import dev.steno.transcript.Transcript;
import dev.steno.transcript.TranscriptSegment;
import java.util.List;
import java.util.Optional;

/**
 * What could be read of a journal.
 *
 * @param recording from the header, or else from the file's name; empty if neither says it
 * @param segments in order of their numbers
 * @param lastAttempt the name under which the archive may hold the transcript already
 * @param whole false if something in the file could not be read
 */
record JournalContent(
        Optional<Recording> recording,
        List<TranscriptSegment> segments,
        Optional<JournalEntry.Attempt> lastAttempt,
        boolean whole) {

    /** Empty if there is nothing to archive. The length of the audio is known only once the recording was stopped. */
    Optional<Transcript> transcript() {
        if (segments.isEmpty()) {
            return Optional.empty();
        }
        double heard = segments.get(segments.size() - 1).end();
        double duration = lastAttempt.map(JournalEntry.Attempt::duration).orElse(heard);
        return recording.map(known -> new Transcript(known, segments, duration));
    }
}
