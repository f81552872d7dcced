package dev.steno.audio;

import dev.steno.transcript.AudioFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes samples of {@link AudioFormat}. */
final class Pcm {
    private Pcm() {}

    static ByteBuffer buffer(int samples) {
        return ByteBuffer.allocate(samples * AudioFormat.BYTES_PER_SAMPLE).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The nearest sample; what is too loud for 16 bits is clipped. */
    static void put(ByteBuffer out, float sample) {
        out.putShort((short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(sample))));
    }

    /** What was written. */
    static byte[] bytes(ByteBuffer written) {
        byte[] bytes = new byte[written.remaining()];
        written.get(bytes);
        return bytes;
    }
}
