package dev.steno.audio;

import dev.steno.transcript.AudioFormat;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Converts one stream of audio, as a client sends it, to the format of {@link dev.steno.transcript.AudioFormat}, or
 * that to another rate which an engine wants, chunk by chunk. Chunks may be cut anywhere, also within a sample. Not
 * thread-safe; never blocks.
 */
public final class AudioConverter {
    private static final byte[] NOTHING = {};

    private final InputFormat format;
    private final int outputRate;
    private byte[] rest = NOTHING;
    /** Made with the first audio: a filter is not for those who only ask for one. */
    private Resampler resampler;

    public AudioConverter(InputFormat format) {
        this(format, AudioFormat.SAMPLE_RATE_HERTZ);
    }

    private AudioConverter(InputFormat format, int outputRate) {
        this.format = format;
        this.outputRate = outputRate;
    }

    /** From Steno's own format to PCM of another rate. */
    public static AudioConverter to(int outputRate) {
        return new AudioConverter(InputFormat.NATIVE, outputRate);
    }

    public InputFormat format() {
        return format;
    }

    /** @return what is ready of it, of whole samples; may be empty */
    public byte[] convert(byte[] chunk) {
        byte[] bytes = rest.length == 0 ? chunk : concat(rest, chunk);
        int frames = bytes.length / format.frameBytes();
        int whole = frames * format.frameBytes();
        rest = whole == bytes.length ? NOTHING : Arrays.copyOfRange(bytes, whole, bytes.length);
        if (isAtRate() && format.isNative()) {
            return whole == bytes.length ? bytes : Arrays.copyOf(bytes, whole);
        }
        return isAtRate() ? decode(bytes, frames) : resample(bytes, frames);
    }

    /** The end of the stream. @return what was held back */
    public byte[] drain() {
        return resampler == null ? NOTHING : Pcm.bytes(resampler.drain());
    }

    private boolean isAtRate() {
        return format.sampleRateHertz() == outputRate;
    }

    private byte[] decode(byte[] bytes, int frames) {
        ByteBuffer out = Pcm.buffer(frames);
        for (int frame = 0; frame < frames; frame++) {
            Pcm.put(out, mono(bytes, frame));
        }
        return Pcm.bytes(out.flip());
    }

    private byte[] resample(byte[] bytes, int frames) {
        if (resampler == null) {
            resampler = new Resampler(format.sampleRateHertz(), outputRate);
        }
        float[] samples = resampler.room(frames);
        int filled = resampler.filled();
        for (int frame = 0; frame < frames; frame++) {
            samples[filled + frame] = mono(bytes, frame);
        }
        return Pcm.bytes(resampler.resample(frames));
    }

    /** The average of the channels, which nothing can make too loud. */
    private float mono(byte[] bytes, int frame) {
        int index = frame * format.frameBytes();
        int first = format.encoding().sample(bytes, index);
        return format.channels() == 1
                ? first
                : (first
                                + format.encoding()
                                        .sample(bytes, index + format.encoding().bytesPerSample()))
                        / 2f;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
