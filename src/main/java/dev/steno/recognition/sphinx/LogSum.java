package dev.steno.recognition.sphinx;

import edu.cmu.sphinx.util.LogMath;

/**
 * Adds probabilities that are given as logarithms. Sphinx's table for this has 99 000 entries, which no processor keeps
 * close; a step of 32 (0.3 % of a probability) makes it 12 kB.
 */
final class LogSum {
    private static final int STEP = 32;

    private final float[] table;

    LogSum(LogMath logMath) {
        int steps = 0;
        while (logMath.logToLinear(-steps * STEP) > 1e-4) { // beyond, the sum is the larger one
            steps++;
        }
        table = new float[steps];
        for (int i = 0; i < steps; i++) {
            table[i] = logMath.linearToLog(1 + logMath.logToLinear(-i * STEP));
        }
    }

    float add(float a, float b) {
        float larger = Math.max(a, b);
        int step = (int) ((larger - Math.min(a, b)) / STEP);
        return step < table.length ? larger + table[step] : larger;
    }
}
