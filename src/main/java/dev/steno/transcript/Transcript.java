package dev.steno.transcript;

import java.util.List;

/**
 * A finished recording with all that was recognised in it.
 *
 * @param segments finals in order
 * @param durationSeconds length of the audio that the client sent
 */
public record Transcript(Recording recording, List<TranscriptSegment> segments, double durationSeconds) {
    public Transcript {
        segments = List.copyOf(segments);
    }
}
