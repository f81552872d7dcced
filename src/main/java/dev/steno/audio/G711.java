package dev.steno.audio;

/** The samples that the 256 codes of ITU-T G.711 stand for, scaled to 16 bits. */
final class G711 {
    static final short[] MULAW = new short[256];
    static final short[] ALAW = new short[256];

    /** Added to each magnitude before mu-law is encoded, so that all segments have the same shape. */
    private static final int MULAW_BIAS = 0x84;

    static {
        for (int code = 0; code < 256; code++) {
            MULAW[code] = mulaw(~code);
            ALAW[code] = alaw(code ^ 0x55);
        }
    }

    private G711() {}

    private static short mulaw(int code) {
        int magnitude = ((((code & 0x0F) << 3) + MULAW_BIAS) << segment(code)) - MULAW_BIAS;
        return (short) ((code & 0x80) == 0 ? magnitude : -magnitude);
    }

    private static short alaw(int code) {
        int mantissa = ((code & 0x0F) << 4) + 8;
        int segment = segment(code);
        int magnitude = segment == 0 ? mantissa : (mantissa + 0x100) << (segment - 1);
        return (short) ((code & 0x80) == 0 ? -magnitude : magnitude);
    }

    private static int segment(int code) {
        return (code & 0x70) >> 4;
    }
}
