package dev.steno.recognition.sphinx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import edu.cmu.sphinx.util.LogMath;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogSumTest {
    private final LogMath logMath = LogMath.getLogMath();
    private final LogSum logSum = new LogSum(logMath);

    @ParameterizedTest
    @CsvSource({"0.5, 0.5", "0.9, 0.05", "0.05, 0.9", "0.3, 0.0001", "1e-20, 3e-20", "0.5, 1e-30"})
    void adds_probabilities_within_half_a_percent(double a, double b) {
        float sum = logSum.add(logMath.linearToLog(a), logMath.linearToLog(b));

        assertThat(logMath.logToLinear(sum)).isCloseTo(a + b, within((a + b) * 0.005));
    }
}
