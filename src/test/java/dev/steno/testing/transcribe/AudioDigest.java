package dev.steno.testing.transcribe;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/**
 * The "recognition" of the stand-in. Does not depend on how the audio was cut: a partial after every 500 ms of a
 * segment and a final after 3 s and at the end, each of the form {@code segment 2 bytes 16000 sha 0a1b2c3d}, where sha
 * is the beginning of SHA-256 over the segment's bytes so far.
 */
public final class AudioDigest {
    private static final int BYTES_PER_SECOND = 32_000;
    /** Benchmarks may ask for more of them. */
    private static final int PARTIAL_BYTES =
            BYTES_PER_SECOND / 1_000 * Integer.getInteger("steno.transcribe.partialMillis", 500);

    private static final int FINAL_BYTES = 3 * BYTES_PER_SECOND;

    private final Consumer<Line> listener;
    private MessageDigest segmentHash = sha256();
    private int segment = 1;
    private int segmentBytes;
    private long bytes;

    /** One result; times are seconds in the stream's audio. */
    public record Line(boolean partial, String text, double start, double end) {}

    public AudioDigest(Consumer<Line> listener) {
        this.listener = listener;
    }

    /** The finals that an uninterrupted stream of this audio must bring. */
    public static List<String> finals(byte[] audio) {
        List<String> finals = new ArrayList<>();
        AudioDigest digest = new AudioDigest(line -> {
            if (!line.partial()) {
                finals.add(line.text());
            }
        });
        digest.add(audio, 0, audio.length);
        digest.finish();
        return finals;
    }

    /** As results have it, of a whole segment. */
    public static String hash(byte[] segment) {
        return beginning(sha256().digest(segment));
    }

    public void add(byte[] audio, int offset, int length) {
        int position = offset;
        while (position < offset + length) {
            int toPartial = PARTIAL_BYTES - segmentBytes % PARTIAL_BYTES;
            int part = Math.min(offset + length - position, toPartial);
            segmentHash.update(audio, position, part);
            position += part;
            segmentBytes += part;
            bytes += part;
            if (segmentBytes == FINAL_BYTES) {
                endSegment();
            } else if (segmentBytes % PARTIAL_BYTES == 0) {
                listener.accept(line(true));
            }
        }
    }

    public void finish() {
        if (segmentBytes > 0) {
            endSegment();
        }
    }

    public long bytes() {
        return bytes;
    }

    int segment() {
        return segment;
    }

    private void endSegment() {
        Line line = line(false);
        segment++;
        segmentBytes = 0;
        segmentHash = sha256();
        listener.accept(line);
    }

    private Line line(boolean partial) {
        double end = (double) bytes / BYTES_PER_SECOND;
        String sha = beginning(copy(segmentHash).digest());
        String text = "segment " + segment + " bytes " + segmentBytes + " sha " + sha;
        return new Line(partial, text, end - (double) segmentBytes / BYTES_PER_SECOND, end);
    }

    private static String beginning(byte[] hash) {
        return HexFormat.of().formatHex(hash, 0, 4);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The JDK's SHA-256 can be copied", e);
        }
    }
}
