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

    private CoveredAudio() {}

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
                    .as("segment from " + position)
                    .isEqualTo(HexFormat.of().formatHex(hash, 0, 4));
            position += bytes;
        }
        assertThat(position).isEqualTo(audio.length);
    }
}
