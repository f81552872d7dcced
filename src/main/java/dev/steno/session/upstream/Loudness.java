package dev.steno.session.upstream;

import dev.steno.transcript.AudioFormat;
import java.nio.ByteBuffer;

/** Whether there is anything to be heard in a stretch of audio. */
final class Loudness {
    /** 20 ms, the usual frame of speech processing: loudness varies from sound to sound. */
    static final int FRAME_BYTES = AudioFormat.BYTES_PER_SECOND / 50;

    /** Every fourth sample tells how loud a frame is; all of them cost as much as signing the audio. */
    static final int STEP = 4;

    /**
     * A frame whose samples have this size on average is audible: one per cent of full scale, -40 dB. Speech into a
     * microphone lies some 15 dB above, the noise of a quiet room 15 dB below.
     */
    private static final int AUDIBLE_LEVEL = 328;

    private Loudness() {}

    /** @param sum of the sizes of every {@link #STEP}th sample in a frame */
    static boolean audible(long sum) {
        return sum * STEP >= (long) AUDIBLE_LEVEL * (FRAME_BYTES / AudioFormat.BYTES_PER_SAMPLE);
    }

    /** How large the sample at an index is. */
    static int size(ByteBuffer audio, int index) {
        return Math.abs((audio.get(index) & 0xff) | (audio.get(index + 1) << 8));
    }
}
