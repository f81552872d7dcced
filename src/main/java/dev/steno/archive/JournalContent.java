package dev.steno.archive;

import dev.steno.transcript.AudioFormat;
import dev.steno.transcript.Recording;
import dev.steno.transcript.Transcript;
import dev.steno.transcript.TranscriptSegment;
import java.util.List;
import java.util.Optional;

/**
 * What could be read of a journal.
 *
 * @param recording from the header, or else from the file's name; empty if neither says it
 * @param origin absent in journals of earlier versions
 * @param tokenHashes of the resume tokens that were good last
 * @param segments in order of their numbers
 * @param settledBytes the audio before this position needs no recogniser any more
 * @param lastAttempt the name under which the archive may hold the transcript already
 * @param whole false if something in the file could not be read
 */
record JournalContent(
        Optional<Recording> recording,
        Optional<JournalEntry.Origin> origin,
        List<String> tokenHashes,
        List<TranscriptSegment> segments,
        long settledBytes,
        Optional<JournalEntry.Attempt> lastAttempt,
        boolean whole) {

    /** Empty if there is nothing to archive. The length of the audio is known only once the recording was stopped. */
    Optional<Transcript> transcript() {
        if (segments.isEmpty() || isUnwanted()) {
            return Optional.empty();
        }
        double heard = Math.max(segments.get(segments.size() - 1).end(), AudioFormat.seconds(settledBytes));
        double duration = lastAttempt.map(JournalEntry.Attempt::duration).orElse(heard);
        return recording.map(known -> new Transcript(known, segments, duration));
    }

    /** Whether its words must not be archived. */
    boolean isUnwanted() {
        return origin.filter(known -> !OriginOptions.stored(known.options())).isPresent();
    }

    /** In the transcript's stem, if it was promised. */
    Optional<Integer> number() {
        return origin.flatMap(known -> OriginOptions.number(known.options()));
    }

    /** Identity of the caller; empty if nobody is known. */
    String owner() {
        return recording.flatMap(Recording::owner).orElse("");
    }

    /** Whether a client could go on with it: who and what is known, and no final is missing in between. */
    boolean resumable() {
        return recording.isPresent()
                && origin.isPresent()
                && !tokenHashes.isEmpty()
                && (segments.isEmpty() || segments.get(segments.size() - 1).number() == segments.size() - 1);
    }
}
