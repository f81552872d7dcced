package dev.steno.audio;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Brings one stream to another rate. Positions are whole numbers, so nothing drifts: output sample n lies at n /
 * outputRate s of the input. The last half filter, 4 ms at most, comes with {@link #drain}.
 */
final class Resampler {
    private final LowPass filter;
    private final int inputRate;
    private final int outputRate;
    /** An output sample lies {@code phase / phases} behind the input sample before it. */
    private final int phases;

    private final int stepSamples;
    private final int stepPhases;

    /** Input samples that are still needed; the next output sample is made of those from {@link #from} on. */
    private float[] samples;

    private int filled;
    private int from;
    private int phase;
    private long taken;
    private long given;

    Resampler(int inputRate, int outputRate) {
        this.inputRate = inputRate;
        this.outputRate = outputRate;
        int divisor = LowPass.gcd(inputRate, outputRate);
        filter = LowPass.of(inputRate, outputRate);
        phases = outputRate / divisor;
        stepSamples = inputRate / outputRate;
        stepPhases = inputRate / divisor % phases;
        filled = filter.half() - 1; // silence before the first sample
        samples = new float[filled + 1_024];
    }

    /**
     * Room for so many more samples; the caller writes them from {@link #filled} on and then calls {@link #resample}.
     */
    float[] room(int more) {
        System.arraycopy(samples, from, samples, 0, filled - from);
        filled -= from;
        from = 0;
        if (samples.length < filled + more) {
            samples = Arrays.copyOf(samples, filled + more);
        }
        return samples;
    }

    int filled() {
        return filled;
    }

    /** @return what is ready: no more than {@code outputRate / inputRate} times the samples that came */
    ByteBuffer resample(int more) {
        filled += more;
        taken += more;
        return emit(Long.MAX_VALUE);
    }

    /** @return the rest: as much as brings the output to the length of the input */
    ByteBuffer drain() {
        int silence = filter.half() + inputRate / outputRate + 1;
        Arrays.fill(room(silence), filled, filled + silence, 0);
        filled += silence;
        return emit((taken * outputRate + inputRate / 2) / inputRate);
    }

    private ByteBuffer emit(long until) {
        int room = filled - filter.taps() - from;
        long step = stepSamples * (long) phases + stepPhases;
        long ready = room < 0 ? 0 : ((room + 1L) * phases - 1 - phase) / step + 1;
        int most = (int) Math.max(0, Math.min(ready, until - given));
        ByteBuffer out = Pcm.buffer(most);
        while (given < until && filled - from >= filter.taps()) {
            Pcm.put(out, filter.apply(samples, from, phase, phases));
            given++;
            from += stepSamples;
            phase += stepPhases;
            if (phase >= phases) {
                phase -= phases;
                from++;
            }
        }
        return out.flip();
    }
}
