package dev.steno.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.steno.transcript.SampleTranscripts;
import dev.steno.transcript.TranscriptSegment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

class JournalReaderFuzzTest {
    private static final Path FILE = Path.of(JournalName.of(SampleTranscripts.recording()));

    @FuzzTest(maxDuration = "10m")
    void reads_any_file_and_can_archive_what_it_read(byte[] input) throws IOException {
        readAndRender(input);
        // No fuzzer guesses a checksum: each line is read once more with the right one.
        readAndRender(new String(input, StandardCharsets.ISO_8859_1)
                .lines()
                .map(line -> line.getBytes(StandardCharsets.ISO_8859_1))
                .map(json -> JournalLine.checksum(json) + " " + new String(json, StandardCharsets.ISO_8859_1))
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void readAndRender(byte[] journal) throws IOException {
        JournalContent content = JournalReader.read(new ByteArrayInputStream(journal), FILE);
        List<Integer> numbers =
                content.segments().stream().map(TranscriptSegment::number).toList();
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
        content.transcript().ifPresent(transcript -> {
            for (DocumentFormat format : DocumentFormat.values()) {
                assertThat(format.render(transcript, Optional.empty()).content())
                        .isNotNull();
            }
        });
    }
}
