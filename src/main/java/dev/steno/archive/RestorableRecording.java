package dev.steno.archive;

import dev.steno.transcript.Recording;
import dev.steno.transcript.TranscriptSegment;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A recording as its journal left it.
 *
 * @param options of {@code start}, by name
 * @param tokenHashes of the resume tokens that are good
 * @param finals numbered from 0, without a gap
 * @param settledBytes everything before this position is final, was told as lost, or held no words: audio goes on here
 * @param stoppedAfter seconds of audio, if the recording was stopped and may be archived already: it takes no more
 *     audio
 * @param journal where it goes on
 */
public record RestorableRecording(
        Recording recording,
        Map<String, String> options,
        List<String> tokenHashes,
        List<TranscriptSegment> finals,
        long settledBytes,
        OptionalDouble stoppedAfter,
        SessionJournal journal) {}
