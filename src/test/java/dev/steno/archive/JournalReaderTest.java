package dev.steno.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.transcript.PiiEntity;
import dev.steno.transcript.Recording;
import dev.steno.transcript.SampleTranscripts;
import dev.steno.transcript.TranscriptSegment;
import dev.steno.transcript.Word;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalReaderTest {
    private static final int SEGMENTS = 4;

    private final Recording recording = SampleTranscripts.recording();

    /** Header, segments, attempt; each with its newline. */
    private final List<byte[]> lines = new ArrayList<>();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void fill() {
        file = folder.resolve(JournalName.of(recording));
        lines.add(JournalLine.encode(new JournalEntry.Header(recording)));
        for (int i = 0; i < SEGMENTS; i++) {
            lines.add(JournalLine.encode(new JournalEntry.Segment(SampleTranscripts.segment(i))));
        }
        lines.add(JournalLine.encode(new JournalEntry.Attempt("20241215_143022_2", 61.5)));
    }

    @Test
    void reads_back_what_was_written() throws IOException {
        JournalContent content = read(whole());

        assertThat(content.recording()).contains(recording);
        assertThat(content.segments()).isEqualTo(segments(SEGMENTS));
        assertThat(content.lastAttempt()).contains(new JournalEntry.Attempt("20241215_143022_2", 61.5));
        assertThat(content.whole()).isTrue();
        assertThat(content.transcript().orElseThrow().durationSeconds()).isEqualTo(61.5);
    }

    @Test
    void reads_back_speakers_language_and_personal_data() {
        TranscriptSegment segment = new TranscriptSegment(
                7,
                "hi Ann",
                0.5,
                1.5,
                List.of(new Word("hi", 0.5, 1.0, Double.NaN, Optional.of("2-spk_0")), new Word("Ann", 1.0, 1.5, 0.5)),
                Optional.of("de-DE"),
                List.of(
                        new PiiEntity("PII", "NAME", "Ann", 1.0, 1.5, 0.9),
                        new PiiEntity("PII", "PHONE", "one", 1.0, 1.5, Double.NaN)));
        assertThat(decode(JournalLine.encode(new JournalEntry.Segment(segment))))
                .contains(new JournalEntry.Segment(segment));
    }

    /** A line as the first version of Steno wrote it, byte by byte. */
    @Test
    void reads_lines_of_older_versions() {
        String json = "{\"type\":\"segment\",\"segment\":0,\"text\":\"hi\",\"start\":0.5,\"end\":1.5,"
                + "\"words\":[{\"text\":\"hi\",\"start\":0.5,\"end\":1.5,\"confidence\":0.5}]}";
        CRC32C crc = new CRC32C();
        crc.update(json.getBytes(StandardCharsets.UTF_8));
        String line = String.format("%08x %s%n", crc.getValue(), json);
        TranscriptSegment segment = new TranscriptSegment(0, "hi", 0.5, 1.5, List.of(new Word("hi", 0.5, 1.5, 0.5)));
        assertThat(decode(line.getBytes(StandardCharsets.UTF_8))).contains(new JournalEntry.Segment(segment));
        assertThat(JournalLine.encode(new JournalEntry.Segment(segment)))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(line);
    }

    @Test
    void takes_the_end_of_the_last_segment_for_the_duration_when_the_recording_was_cut() throws IOException {
        JournalContent content = read(join(lines.subList(0, 1 + SEGMENTS)));

        assertThat(content.transcript().orElseThrow().durationSeconds())
                .isEqualTo(SampleTranscripts.segment(SEGMENTS - 1).end());
    }

    @Test
    void reads_all_whole_lines_when_the_file_is_cut_at_any_byte() throws IOException {
        byte[] whole = whole();
        for (int length = 0; length <= whole.length; length++) {
            JournalContent content = read(Arrays.copyOf(whole, length));

            int wholeLines = wholeLines(length);
            assertThat(content.segments()).as("cut at %d", length).isEqualTo(segments(Math.max(0, wholeLines - 1)));
            assertThat(content.whole()).as("cut at %d", length).isEqualTo(wholeLines > 0 && cutBetweenLines(length));
        }
    }

    /** Bytes changed, put in, taken out: what no change touched is read, and what is read was written. */
    @Test
    void reads_every_untouched_line_whatever_happens_to_the_others() throws IOException {
        for (int seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            List<byte[]> mutated = new ArrayList<>(lines);
            List<TranscriptSegment> untouched = new ArrayList<>(segments(SEGMENTS));
            int touched = 1 + random.nextInt(SEGMENTS);
            mutated.set(touched, mutate(lines.get(touched), random));
            untouched.remove(touched - 1);

            JournalContent content = read(join(mutated));

            assertThat(content.segments()).as("seed %d", seed).containsAll(untouched);
            assertThat(segments(SEGMENTS)).as("seed %d", seed).containsAll(content.segments());
        }
    }

    @Test
    void never_fails_and_never_invents_when_the_whole_file_is_mutated() throws IOException {
        for (int seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = whole();
            for (int change = random.nextInt(20); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }

            assertThat(segments(SEGMENTS))
                    .as("seed %d", seed)
                    .containsAll(read(bytes).segments());
        }
    }

    @Test
    void takes_start_and_session_from_the_files_name_when_the_header_is_lost() throws IOException {
        lines.get(0)[20] ^= 1;

        JournalContent content = read(whole());

        Recording found = content.transcript().orElseThrow().recording();
        assertThat(found.sessionId()).isEqualTo(recording.sessionId());
        assertThat(found.startedAt()).isEqualTo("2024-12-15T14:30:22Z");
        assertThat(content.segments()).hasSize(SEGMENTS);
        assertThat(content.whole()).isFalse();
    }

    @Test
    void goes_on_after_a_line_that_is_far_too_long() throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(join(lines.subList(0, 2)));
            byte[] block = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 16; i++) {
                out.write(block);
            }
            out.write('\n');
            out.write(join(lines.subList(2, lines.size())));
        }

        JournalContent content = JournalReader.read(file);

        assertThat(content.segments()).isEqualTo(segments(SEGMENTS));
        assertThat(content.whole()).isFalse();
    }

    @Test
    void understands_no_line_of_another_version_or_kind() throws IOException {
        byte[] later = line("{\"type\":\"recording\",\"version\":2}");
        byte[] kind = line("{\"type\":\"speaker\"}");
        byte[] partial = line("{\"type\":\"segment\",\"segment\":9,\"text\":\"no words\",\"start\":0,\"end\":1}");
        byte[] number = line("{\"type\":\"segment\",\"segment\":\"9\"}");
        byte[] array = line("[]");
        byte[] deep = line("{\"type\":\"segment\",\"words\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}");
        byte[] digits = line("{\"type\":\"attempt\",\"stem\":\"x\",\"duration\":" + "9".repeat(2_000) + "}");

        JournalContent content = read(join(List.of(later, kind, partial, number, array, deep, digits)));

        assertThat(content.segments()).isEmpty();
        assertThat(content.whole()).isFalse();
        assertThat(content.transcript()).isEmpty();
    }

    private static byte[] line(String json) {
        CRC32C crc = new CRC32C();
        crc.update(json.getBytes(StandardCharsets.UTF_8));
        return "%08x %s\n".formatted(crc.getValue(), json).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] mutate(byte[] line, Random random) {
        byte[] changed = line.clone();
        int at = random.nextInt(line.length - 1); // the newline stays: without it two lines are touched
        return switch (random.nextInt(3)) {
            case 0 -> {
                changed[at] ^= (byte) (1 << random.nextInt(8));
                yield changed;
            }
            case 1 -> join(List.of(Arrays.copyOf(line, at), Arrays.copyOfRange(line, at + 1, line.length)));
            default ->
                join(List.of(
                        Arrays.copyOf(line, at),
                        new byte[] {(byte) random.nextInt(256)},
                        Arrays.copyOfRange(line, at, line.length)));
        };
    }

    private int wholeLines(int length) {
        int count = 0;
        int end = 0;
        for (byte[] line : lines) {
            end += line.length;
            if (length >= end - 1) { // a line whose newline alone is missing is whole
                count++;
            }
        }
        return Math.min(count, 1 + SEGMENTS);
    }

    private boolean cutBetweenLines(int length) {
        int end = 0;
        for (byte[] line : lines) {
            end += line.length;
            if (length == end || length == end - 1) {
                return true;
            }
        }
        return false;
    }

    private JournalContent read(byte[] content) throws IOException {
        return JournalReader.read(new ByteArrayInputStream(content), file);
    }

    private static Optional<JournalEntry> decode(byte[] line) {
        return JournalLine.decode(Arrays.copyOf(line, line.length - 1));
    }

    private byte[] whole() {
        return join(lines);
    }

    private static byte[] join(List<byte[]> parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        parts.forEach(joined::writeBytes);
        return joined.toByteArray();
    }

    private static List<TranscriptSegment> segments(int count) {
        List<TranscriptSegment> segments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            segments.add(SampleTranscripts.segment(i));
        }
        return segments;
    }
}
