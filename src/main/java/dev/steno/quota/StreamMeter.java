package dev.steno.quota;

import dev.steno.transcript.AudioFormat;
import java.time.Duration;

/** Counts what one stream to the engine costs: its audio, or the least that is billed. Not thread-safe. */
public final class StreamMeter {
    private final DailyMinutes minutes;
    private long prepaidBytes;

    StreamMeter(DailyMinutes minutes, Duration least) {
        this.minutes = minutes;
        this.prepaidBytes = least.toSeconds() * AudioFormat.BYTES_PER_SECOND;
        minutes.charge(prepaidBytes);
    }

    public void sent(int audioBytes) {
        long prepaid = Math.min(prepaidBytes, audioBytes);
        prepaidBytes -= prepaid;
        minutes.charge(audioBytes - prepaid);
    }
}
