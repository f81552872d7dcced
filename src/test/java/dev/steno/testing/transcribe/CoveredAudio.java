package dev.steno.testing.transcribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steno.transcript.TranscriptSegment;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the transcript of Amazon Transcribe's stand-in, which is made of hashes of the audio that it received. */
public final class CoveredAudio {
    private static final Pattern RESULT = Pattern.compile("segment \\d+ bytes (\\d+) sha (\\w+)");

    private final long lost;
    private final long doubled;

    private CoveredAudio(long lost, long doubled) {
        this.lost = lost;
        this.doubled = doubled;
    }

    /** How much of the audio the finals cover, by their times and hashes; a final with a wrong hash covers nothing. */
    public static CoveredAudio of(List<TranscriptSegment> finals, byte[] audio) throws Exception {
        int[] times = new int[audio.length];
        for (TranscriptSegment segment : finals) {
            int start = (int) Math.round(segment.start() * 16_000) * 2;
            Matcher result = RESULT.matcher(segment.text());
            int end = result.matches() ? start + Integer.parseInt(result.group(1)) : start;
            if (end > start && end <= audio.length && hash(audio, start, end).equals(result.group(2))) {
                for (int i = start; i < end; i++) {
                    times[i]++;
                }
            }
        }
        long lost = Arrays.stream(times).filter(count -> count == 0).count();
        long doubled = Arrays.stream(times).filter(count -> count > 1).count();
        return new CoveredAudio(lost, doubled);
    }

    private static String hash(byte[] audio, int start, int end) throws Exception {
        return AudioDigest.hash(Arrays.copyOfRange(audio, start, end));
    }

    /** Bytes that no final covers. */
    public long lost() {
        return lost;
    }

    /** Bytes that more than one final covers. */
    public long doubled() {
        return doubled;
    }

    /** The finals, one after another, are the hashes of the audio from its first byte to its last; their times rise. */
    public static void assertCovered(List<TranscriptSegment> finals, byte[] audio) throws Exception {
        assertCoveredBy(finals.stream().map(TranscriptSegment::text).toList(), audio);
        double time = 0;
        for (TranscriptSegment segment : finals) {
            assertThat(segment.start()).isGreaterThanOrEqualTo(time - 1e-6);
            time = segment.end();
        }
        assertThat(time).isEqualTo(audio.length / 32_000.0, within(0.001));
    }

    /** The same for their texts alone. */
    public static void assertCoveredBy(List<String> texts, byte[] audio) throws Exception {
        int position = 0;
        for (String text : texts) {
            Matcher result = RESULT.matcher(text);
            assertThat(result.matches()).as(text).isTrue();
            int bytes = Integer.parseInt(result.group(1));
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(Arrays.copyOfRange(audio, position, position + bytes));
            assertThat(result.group(2))
                    .as("segment of %d bytes from %d, of %d bytes", bytes, position, audio.length)
                    .isEqualTo(HexFormat.of().formatHex(hash, 0, 4));
            position += bytes;
        }
        assertThat(position).isEqualTo(audio.length);
    }
}
