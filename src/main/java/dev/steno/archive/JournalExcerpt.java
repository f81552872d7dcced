package dev.steno.archive;

import dev.steno.transcript.Recording;
import dev.steno.transcript.TranscriptSegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What some lines of a shared journal say, for nodes that read along while another one writes it.
 *
 * @param recording if its line is among them
 */
public record JournalExcerpt(Optional<Recording> recording, List<TranscriptSegment> finals) {
    public JournalExcerpt {
        finals = List.copyOf(finals);
    }

    /** Lines that are damaged, or written by a later version, are passed over. */
    public static JournalExcerpt parse(List<String> lines) {
        Optional<Recording> recording = Optional.empty();
        List<TranscriptSegment> finals = new ArrayList<>();
        for (String line : lines) {
            JournalEntry entry =
                    JournalLine.decode(line.getBytes(StandardCharsets.UTF_8)).orElse(null);
            if (entry instanceof JournalEntry.Header header) {
                recording = Optional.of(header.recording());
            } else if (entry instanceof JournalEntry.Segment segment) {
                finals.add(segment.segment());
            }
        }
        return new JournalExcerpt(recording, finals);
    }
}
