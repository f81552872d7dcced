package dev.steno.audio;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The filter of a change of rate: a sinc under a Kaiser window, sampled at the positions that output samples can have
 * between two input samples. Flat to 90 % of the narrower of the two bands and {@value #ATTENUATION_DECIBEL} dB down
 * beyond that band.
 */
final class LowPass {
    /** 40 are promised; the rest is room for rounding. */
    private static final double ATTENUATION_DECIBEL = 50;

    /** The pass band's edge as a share of the narrower band. */
    private static final double PASS_BAND = 0.9;

    /**
     * Positions that are kept apart. All usual rates have fewer; for another rate the nearest position is taken,
     * which adds noise at less than -60 dB.
     */
    private static final int MOST_PHASES = 640;

    /** Rates whose filter is kept; a client can name 40 000 others, which are made for each stream. */
    private static final Set<Integer> USUAL_RATES =
            Set.of(8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000);

    private record Rates(int input, int output) {}

    private static final Map<Rates, LowPass> USUAL = new ConcurrentHashMap<>();

    private final int half;
    private final int phases;
    private final float[] coefficients;

    private LowPass(int inputRate, int outputRate) {
        double nyquist = Math.min(inputRate, outputRate) / 2.0;
        double transition = nyquist * (1 - PASS_BAND);
        double cutoff = (nyquist - transition / 2) / inputRate;
        half = (int) Math.ceil((ATTENUATION_DECIBEL - 7.95) / 14.36 * inputRate / transition / 2);
        phases = Math.min(MOST_PHASES, outputRate / gcd(inputRate, outputRate));
        coefficients = new float[(phases + 1) * taps()];
        for (int phase = 0; phase <= phases; phase++) {
            fill(phase, cutoff);
        }
    }

    /** @param outputRate one of few, which are Steno's own choice */
    static LowPass of(int inputRate, int outputRate) {
        return USUAL_RATES.contains(inputRate)
                ? USUAL.computeIfAbsent(new Rates(inputRate, outputRate), rates -> new LowPass(inputRate, outputRate))
                : new LowPass(inputRate, outputRate);
    }

    /** Input samples on each side of an output sample that it is made of. */
    int half() {
        return half;
    }

    int taps() {
        return 2 * half;
    }

    /**
     * One output sample.
     *
     * @param from index of the first of {@link #taps} input samples: the position lies after the first {@link #half} of
     *     them
     * @param numerator where between two input samples it lies, as a share of {@code denominator}
     */
    float apply(float[] samples, int from, int numerator, int denominator) {
        int phase = (int) (((long) numerator * phases * 2 + denominator) / (denominator * 2L));
        int row = phase * taps();
        float even = 0;
        float odd = 0;
        for (int tap = 0; tap < taps(); tap += 2) {
            even += samples[from + tap] * coefficients[row + tap];
            odd += samples[from + tap + 1] * coefficients[row + tap + 1];
        }
        return even + odd;
    }

    /** The taps of one phase together are 1, so that no phase is louder than another. */
    private void fill(int phase, double cutoff) {
        double beta = 0.1102 * (ATTENUATION_DECIBEL - 8.7);
        double[] row = new double[taps()];
        double sum = 0;
        for (int tap = 0; tap < row.length; tap++) {
            double distance = tap - (half - 1) - (double) phase / phases;
            double edge = 1 - distance * distance / ((double) half * half);
            double window = edge <= 0 ? 0 : bessel(beta * Math.sqrt(edge));
            row[tap] = sinc(2 * cutoff * distance) * window;
            sum += row[tap];
        }
        for (int tap = 0; tap < row.length; tap++) {
            coefficients[phase * row.length + tap] = (float) (row[tap] / sum);
        }
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    /** The modified Bessel function of the first kind of order zero, as a power series. */
    private static double bessel(double x) {
        double term = 1;
        double sum = 1;
        for (int k = 1; term > sum * 1e-9; k++) {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }
        return sum;
    }

    static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
