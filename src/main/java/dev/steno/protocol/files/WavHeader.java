package dev.steno.protocol.files;

import dev.steno.audio.InputFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Where the samples of a WAV file lie, and what they are. Sizes in a header are a writer's promise, which writers to a
 * pipe cannot keep: the file's own length counts.
 *
 * @param start index of the first sample
 * @param length bytes of whole frames
 */
record WavHeader(SampleFormat samples, InputFormat format, long start, long length) {
    static final int PCM = 1;
    static final int FLOAT = 3;
    static final int ALAW = 6;
    static final int MULAW = 7;

    /** The real tag is in the first two bytes of an identifier further on. */
    private static final int EXTENSIBLE = 0xFFFE;

    private static final int EXTENDED_TAG_AT = 24;

    /** Of the beginning of a format chunk. */
    private static final int FORMAT_BYTES = 16;

    private static final int MOST_FORMAT_BYTES = 4_096;

    /** Chunks before the samples; no writer has a tenth of it. */
    private static final int MOST_CHUNKS = 1_000;

    private static final long UNKNOWN = 0xFFFF_FFFFL;

    /** What is taken, for people. */
    private static final String TAKEN =
            "Send a WAV file: PCM of 8, 16, 24 or 32 bits, 32- or 64-bit float, mu-law or A-law,"
                    + " mono or stereo, 8000 to 48000 Hz.";

    /** Seconds of audio. */
    double seconds() {
        return (double) length / frameBytes() / format.sampleRateHertz();
    }

    int frameBytes() {
        return samples.bytes() * format.channels();
    }

    static WavHeader read(UploadFile file) throws RefusedRequestException, IOException {
        byte[] head = file.read(0, AudioKind.BYTES);
        if (head.length == 0) {
            throw refused("The file is empty.");
        }
        String riff = text(head, 0);
        if (!(riff.equals("RIFF") || riff.equals("RF64")) || !text(head, 8).equals("WAVE")) {
            throw refused(AudioKind.name(head)
                    .map(name -> "This is " + name + ", which this server does not read.")
                    .orElse("The file is no audio that this server knows."));
        }
        ByteBuffer format = null;
        long at = 12;
        for (int chunk = 0; chunk < MOST_CHUNKS; chunk++) {
            byte[] header = file.read(at, 8);
            if (header.length < 8) {
                break;
            }
            long size = Integer.toUnsignedLong(little(header).getInt(4));
            String name = text(header, 0);
            if (name.equals("fmt ")) {
                format = little(file.read(at + 8, (int) Math.min(size, MOST_FORMAT_BYTES)));
            } else if (name.equals("data") && format != null) {
                return of(format, at + 8, size, file.size());
            }
            at += 8 + size + size % 2; // chunks begin at even positions
        }
        throw refused("The WAV file has no samples: its " + (format == null ? "fmt" : "data") + " chunk is missing.");
    }

    private static WavHeader of(ByteBuffer format, long start, long declared, long fileSize)
            throws RefusedRequestException {
        if (format.capacity() < FORMAT_BYTES) {
            throw refused("The WAV file's header is too short.");
        }
        int tag = format.getShort(0) & 0xFFFF;
        if (tag == EXTENSIBLE && format.capacity() >= EXTENDED_TAG_AT + 2) {
            tag = format.getShort(EXTENDED_TAG_AT) & 0xFFFF;
        }
        int channels = format.getShort(2) & 0xFFFF;
        int rate = format.getInt(4);
        int bits = format.getShort(14) & 0xFFFF;
        SampleFormat samples = SampleFormat.of(tag, bits).orElse(null);
        if (samples == null) {
            throw refused("The WAV file holds " + name(tag, bits) + ", which this server does not read.");
        }
        InputFormat input;
        try {
            input = new InputFormat(samples.encoding(), rate, channels);
        } catch (IllegalArgumentException e) {
            throw refused("The WAV file has " + Integer.toUnsignedString(rate) + " Hz and " + channels + " channels. "
                    + e.getMessage());
        }
        long there = Math.max(0, fileSize - start);
        long length = declared == 0 || declared == UNKNOWN ? there : Math.min(there, declared);
        return new WavHeader(samples, input, start, length - length % ((long) samples.bytes() * channels));
    }

    private static String name(int tag, int bits) {
        return switch (tag) {
            case PCM -> "PCM of " + bits + " bits";
            case FLOAT -> "floats of " + bits + " bits";
            case ALAW, MULAW -> "G.711 of " + bits + " bits";
            case 0x02, 0x11 -> "ADPCM";
            case 0x31 -> "GSM 6.10";
            case 0x50, 0x55 -> "MP3";
            default -> "samples of the format 0x" + Integer.toHexString(tag);
        };
    }

    private static RefusedRequestException refused(String what) {
        return RefusedRequestException.invalid("file", "unsupported_format", what + " " + TAKEN);
    }

    private static String text(byte[] bytes, int at) {
        return bytes.length < at + 4 ? "" : new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
