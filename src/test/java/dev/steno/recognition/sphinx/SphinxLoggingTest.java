package dev.steno.recognition.sphinx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class SphinxLoggingTest {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Test
    void loading_the_models_says_nothing() throws IOException {
        Logger ours = Logger.getLogger("dev.steno.recognition.sphinx");
        Logger sphinx = Logger.getLogger("edu.cmu.sphinx");
        Handler handler = new Lines();
        ours.addHandler(handler);
        sphinx.addHandler(handler);
        try {
            SphinxLogging.quiet();
            SphinxModels.load(SphinxTuning.DEFAULT);
        } finally {
            ours.removeHandler(handler);
            sphinx.removeHandler(handler);
        }

        assertThat(lines).isEmpty();
    }

    private final class Lines extends Handler {
        @Override
        public void publish(LogRecord line) {
            lines.add(line.getLoggerName() + ": " + line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
