package dev.steno.protocol.telephony;

import dev.steno.audio.AudioEncoding;
import dev.steno.audio.InputFormat;
import java.util.Arrays;

/**
 * Brings the two tracks of a call together, which come in messages of their own: to two interleaved channels of
 * mu-law. A track that stays away, because nobody plays anything, is silence once the other is far enough ahead.
 */
final class TrackMixer {
    static final InputFormat FORMAT = new InputFormat(AudioEncoding.MULAW, 8_000, 2);

    /** Messages have 20 ms; the network delays one track by no more than a few of them. */
    private static final int PATIENCE_BYTES = 8 * 200;

    /** Mu-law for 0. */
    private static final byte SILENCE = (byte) 0xFF;

    private byte[] inbound = {};
    private byte[] outbound = {};

    /** @return what both tracks have, or one alone for too long */
    byte[] add(boolean isOutbound, byte[] payload) {
        if (isOutbound) {
            outbound = concat(outbound, payload);
        } else {
            inbound = concat(inbound, payload);
        }
        int longer = Math.max(inbound.length, outbound.length);
        return take(Math.max(Math.min(inbound.length, outbound.length), longer - PATIENCE_BYTES));
    }

    /** The rest. */
    byte[] drain() {
        return take(Math.max(inbound.length, outbound.length));
    }

    private byte[] take(int length) {
        byte[] both = new byte[2 * length];
        for (int i = 0; i < length; i++) {
            both[2 * i] = i < inbound.length ? inbound[i] : SILENCE;
            both[2 * i + 1] = i < outbound.length ? outbound[i] : SILENCE;
        }
        inbound = rest(inbound, length);
        outbound = rest(outbound, length);
        return both;
    }

    private static byte[] rest(byte[] track, int taken) {
        return Arrays.copyOfRange(track, Math.min(taken, track.length), track.length);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
