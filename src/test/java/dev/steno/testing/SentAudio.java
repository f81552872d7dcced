package dev.steno.testing;

import dev.steno.transcript.AudioFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Speech as clients of other protocols send it. Shares nothing with the code that converts it back. */
public final class SentAudio {
    /** Zero crossings of the sinc on each side. */
    private static final int CROSSINGS = 32;

    private SentAudio() {}

    /** @param pcm in the format of {@link AudioFormat} */
    public static byte[] pcm(byte[] pcm, int rate) {
        short[] samples = shorts(pcm);
        if (rate == AudioFormat.SAMPLE_RATE_HERTZ) {
            return pcm;
        }
        short[] converted = new short[(int) ((long) samples.length * rate / AudioFormat.SAMPLE_RATE_HERTZ)];
        double band = Math.min(1.0, (double) rate / AudioFormat.SAMPLE_RATE_HERTZ) * 0.97;
        int half = (int) Math.ceil(CROSSINGS / band);
        for (int i = 0; i < converted.length; i++) {
            double position = (double) i * AudioFormat.SAMPLE_RATE_HERTZ / rate;
            converted[i] = (short) Math.max(-32_768, Math.min(32_767, Math.round(at(samples, position, band, half))));
        }
        return bytes(converted);
    }

    private static double at(short[] samples, double position, double band, int half) {
        int middle = (int) position;
        double sum = 0;
        for (int k = Math.max(0, middle - half + 1); k <= Math.min(samples.length - 1, middle + half); k++) {
            double distance = position - k;
            double window = 0.5 + 0.5 * Math.cos(Math.PI * distance / half);
            double x = Math.PI * distance * band;
            sum += samples[k] * band * (x == 0 ? 1 : Math.sin(x) / x) * window;
        }
        return sum;
    }

    public static byte[] mulaw(byte[] pcm, int rate) {
        return encoded(pcm(pcm, rate), rate, Encoding.ULAW);
    }

    public static byte[] alaw(byte[] pcm, int rate) {
        return encoded(pcm(pcm, rate), rate, Encoding.ALAW);
    }

    /** Two channels of 16 bits, interleaved; the shorter one is followed by silence. */
    public static byte[] stereo(byte[] left, byte[] right) {
        short[] first = shorts(left);
        short[] second = shorts(right);
        short[] both = new short[2 * Math.max(first.length, second.length)];
        for (int i = 0; i < both.length / 2; i++) {
            both[2 * i] = i < first.length ? first[i] : 0;
            both[2 * i + 1] = i < second.length ? second[i] : 0;
        }
        return bytes(both);
    }

    private static byte[] encoded(byte[] pcm, int rate, Encoding encoding) {
        AudioInputStream linear = new AudioInputStream(
                new ByteArrayInputStream(pcm),
                new javax.sound.sampled.AudioFormat(rate, 16, 1, true, false),
                pcm.length / 2);
        try (AudioInputStream coded = AudioSystem.getAudioInputStream(
                new javax.sound.sampled.AudioFormat(encoding, rate, 8, 1, 1, rate, false), linear)) {
            return coded.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static short[] shorts(byte[] bytes) {
        ShortBuffer buffer =
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        short[] samples = new short[buffer.remaining()];
        buffer.get(samples);
        return samples;
    }

    private static byte[] bytes(short[] samples) {
        ByteBuffer bytes = ByteBuffer.allocate(samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(samples);
        return bytes.array();
    }
}
