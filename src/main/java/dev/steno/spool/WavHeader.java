package dev.steno.spool;

import dev.steno.transcript.AudioFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The header of a WAV file in Steno's audio format: the usual 44 bytes, with the samples right behind it.
 *
 * @see <a href="http://soundfile.sapp.org/doc/WaveFormat/">the fields</a>
 */
public final class WavHeader {
    public static final int BYTES = 44;

    private static final int FORMAT_CHUNK_BYTES = 16;
    private static final short LINEAR_PCM = 1;
    private static final short CHANNELS = 1;
    private static final int RIFF_PREFIX_BYTES = 8;

    private WavHeader() {}

    /** @param pcmBytes that follow; fewer than 4 GiB, because the field has 32 bits */
    public static byte[] of(long pcmBytes) {
        return ByteBuffer.allocate(BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(ascii("RIFF"))
                .putInt((int) (pcmBytes + BYTES - RIFF_PREFIX_BYTES))
                .put(ascii("WAVE"))
                .put(ascii("fmt "))
                .putInt(FORMAT_CHUNK_BYTES)
                .putShort(LINEAR_PCM)
                .putShort(CHANNELS)
                .putInt(AudioFormat.SAMPLE_RATE_HERTZ)
                .putInt(AudioFormat.BYTES_PER_SECOND)
                .putShort((short) (CHANNELS * AudioFormat.BYTES_PER_SAMPLE))
                .putShort((short) (AudioFormat.BYTES_PER_SAMPLE * Byte.SIZE))
                .put(ascii("data"))
                .putInt((int) pcmBytes)
                .array();
    }

    private static byte[] ascii(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }
}
