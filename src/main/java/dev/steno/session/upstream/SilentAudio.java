package dev.steno.session.upstream;

import dev.steno.transcript.AudioFormat;
import java.nio.ByteBuffer;

/**
 * How far the audio of a recording is known to be silent. Reads each byte of silence once, and none of speech twice.
 */
final class SilentAudio {
    private long frameStart;
    private long position;
    private long sum;

    /**
     * @param from audio from this position on is asked for
     * @param to the end of what may be looked at
     * @return the position from {@code from} on up to which all is silent
     */
    long until(AudioBuffer buffer, long from, long to) {
        if (frameStart < from) {
            begin(from);
        }
        while (position < to && position >= buffer.start()) {
            ByteBuffer part = buffer.read(position);
            long frameEnd = frameStart + Loudness.FRAME_BYTES;
            int count = (int) Math.min(Math.min(part.remaining(), frameEnd - position), to - position);
            add(part, count);
            if (position == frameEnd) {
                if (Loudness.audible(sum)) {
                    begin(frameStart);
                    return frameStart;
                }
                begin(position);
            }
        }
        return frameStart;
    }

    private void begin(long start) {
        frameStart = start;
        position = start;
        sum = 0;
    }

    private void add(ByteBuffer part, int count) {
        for (int i = 0; i + 1 < count; i += Loudness.STEP * AudioFormat.BYTES_PER_SAMPLE) {
            sum += Loudness.size(part, part.position() + i);
        }
        position += count;
    }
}
