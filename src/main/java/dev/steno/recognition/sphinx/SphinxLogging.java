package dev.steno.recognition.sphinx;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Quiets Sphinx, which logs a line for each of some thousand words that its dictionary lacks and a line for each
 * utterance. Only Sphinx's own loggers are touched.
 */
final class SphinxLogging {
    /** One by package, the others by the bare class names that Sphinx uses for its front end. */
    private static final List<Logger> LOGGERS = List.of(
            Logger.getLogger("edu.cmu.sphinx"), Logger.getLogger("SpeechClassifier"), Logger.getLogger("SpeechMarker"));

    private SphinxLogging() {}

    /** Keeps errors. The loggers are held here, because JUL forgets the level of a logger that nobody holds. */
    static void quiet() {
        LOGGERS.forEach(logger -> logger.setLevel(Level.SEVERE));
    }
}
