package dev.steno.recognition.sphinx;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Quiets Sphinx, which logs a line for each of some thousand words that its dictionary lacks and a line for each
 * utterance. Only what Sphinx itself logs is touched.
 */
final class SphinxLogging {
    /**
     * One by package, two by the bare class names that Sphinx uses for its front end, and two by classes of ours,
     * because their super classes log under the name of whatever they are.
     */
    private static final List<Logger> LOGGERS = List.of(
            Logger.getLogger("edu.cmu.sphinx"),
            Logger.getLogger("SpeechClassifier"),
            Logger.getLogger("SpeechMarker"),
            Logger.getLogger(SharedLanguageModel.class.getName()),
            Logger.getLogger(SharedModelLoader.class.getName()));

    private SphinxLogging() {}

    /** Keeps errors. The loggers are held here, because JUL forgets the level of a logger that nobody holds. */
    static void quiet() {
        LOGGERS.forEach(logger -> logger.setLevel(Level.SEVERE));
    }
}
