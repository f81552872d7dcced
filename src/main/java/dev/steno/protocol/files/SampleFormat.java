package dev.steno.protocol.files;

import dev.steno.audio.AudioEncoding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * The samples of WAV files that are read, and how 16-bit samples are made of them where the converter knows no other
 * way.
 */
enum SampleFormat {
    PCM_8(WavHeader.PCM, 8, AudioEncoding.PCM) {
        @Override
        double sample(ByteBuffer bytes) {
            return ((bytes.get() & 0xFF) - 128) / 128.0;
        }
    },
    PCM_16(WavHeader.PCM, 16, AudioEncoding.PCM),
    PCM_24(WavHeader.PCM, 24, AudioEncoding.PCM) {
        @Override
        double sample(ByteBuffer bytes) {
            int low = bytes.getShort() & 0xFFFF;
            return (bytes.get() << 16 | low) / 8_388_608.0;
        }
    },
    PCM_32(WavHeader.PCM, 32, AudioEncoding.PCM) {
        @Override
        double sample(ByteBuffer bytes) {
            return bytes.getInt() / 2_147_483_648.0;
        }
    },
    FLOAT_32(WavHeader.FLOAT, 32, AudioEncoding.PCM) {
        @Override
        double sample(ByteBuffer bytes) {
            return bytes.getFloat();
        }
    },
    FLOAT_64(WavHeader.FLOAT, 64, AudioEncoding.PCM) {
        @Override
        double sample(ByteBuffer bytes) {
            return bytes.getDouble();
        }
    },
    ALAW(WavHeader.ALAW, 8, AudioEncoding.ALAW),
    MULAW(WavHeader.MULAW, 8, AudioEncoding.MULAW);

    private final int tag;
    private final int bits;
    private final AudioEncoding encoding;

    SampleFormat(int tag, int bits, AudioEncoding encoding) {
        this.tag = tag;
        this.bits = bits;
        this.encoding = encoding;
    }

    static Optional<SampleFormat> of(int tag, int bits) {
        return Arrays.stream(values())
                .filter(known -> known.tag == tag && known.bits == bits)
                .findFirst();
    }

    int bytes() {
        return bits / 8;
    }

    /** What {@link #converted} makes. */
    AudioEncoding encoding() {
        return encoding;
    }

    /** From -1 to 1. */
    double sample(ByteBuffer bytes) {
        throw new UnsupportedOperationException("The converter reads " + this + " itself");
    }

    /** @param samples whole ones */
    byte[] converted(byte[] samples) {
        if (bytes() == encoding.bytesPerSample()) {
            return samples;
        }
        ByteBuffer in = ByteBuffer.wrap(samples).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer out = ByteBuffer.allocate(samples.length / bytes() * 2).order(ByteOrder.LITTLE_ENDIAN);
        while (out.hasRemaining()) {
            double scaled = sample(in) * 32_768; // not a number becomes silence
            out.putShort((short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(scaled))));
        }
        return out.array();
    }
}
