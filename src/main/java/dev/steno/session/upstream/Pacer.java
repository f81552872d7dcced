package dev.steno.session.upstream;

import dev.steno.transcript.AudioFormat;

/** Says how much audio may go upstream now, so that replays and files do not run far ahead of real time. */
final class Pacer {
    /** Half a second at once: live audio that was held up for a moment is not delayed further. */
    private static final double BURST_SECONDS = 0.5;

    private final double speed;
    private double allowedSeconds = BURST_SECONDS;
    private long updatedAt;

    /** @param speed seconds of audio for each second of time; infinite for no limit */
    Pacer(double speed, long nanoTime) {
        this.speed = speed;
        this.updatedAt = nanoTime;
    }

    /** Bytes that may be sent now; whole samples. */
    int allowance(long nanoTime) {
        if (Double.isInfinite(speed)) {
            return Integer.MAX_VALUE - 1;
        }
        double earned = (nanoTime - updatedAt) / 1e9 * speed;
        allowedSeconds = Math.min(BURST_SECONDS, allowedSeconds + earned);
        updatedAt = nanoTime;
        return (int) AudioFormat.bytes(Math.max(0, allowedSeconds));
    }

    void sent(int bytes) {
        allowedSeconds -= AudioFormat.seconds(bytes);
    }
}
