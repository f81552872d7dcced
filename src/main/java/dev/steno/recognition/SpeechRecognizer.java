package dev.steno.recognition;

import dev.steno.transcript.SessionId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** An engine that turns a stream of audio into words. Thread-safe; one for the whole application. */
public interface SpeechRecognizer {
    /**
     * The engine's name in the protocol and the configuration: {@code amazon-transcribe}, {@code sphinx},
     * {@code realtime} or {@code vosk}. Answers before {@link #choose}.
     */
    String engine();

    /**
     * The configuration names this engine: it is going to be used. Called once, before every method but
     * {@link #engine}.
     *
     * @throws dev.steno.configuration.InvalidSettingException if a setting is missing without which it cannot work
     */
    default void choose() {}

    /** BCP 47 codes of the languages that a request may name. */
    Set<String> languages();

    /** Names of the options that a recording may have, as in the {@code start} message. */
    default Set<String> options() {
        return Set.of(LanguageOption.NAME);
    }

    /**
     * Checks the options of a recording and makes of them what its streams are opened with. Pure: nothing is opened or
     * looked up.
     *
     * @param defaults the configured ones, by name
     * @param options what this recording asks for instead, by name; lists are separated by commas
     * @throws RefusedOptionsException if the engine cannot work with them, alone or together
     */
    default RecognitionRequest prepare(SessionId id, Map<String, String> defaults, Map<String, String> options)
            throws RefusedOptionsException {
        return LanguageOption.prepare(
                id, defaults, options, languages(), "cannot be used with this engine, whose dictionary is fixed");
    }

    /** How many streams can be open at once on this node. */
    int streamLimit();

    /** How many recordings this node should take on if the configuration does not say. */
    default int recordingLimit() {
        return streamLimit();
    }

    /** How much faster than real time audio may be sent: 1.25 is a quarter faster; infinite if it does not matter. */
    default double maximumSpeed() {
        return Double.POSITIVE_INFINITY;
    }

    /** What one stream is billed for at least, however little audio it is sent; whole seconds. */
    default Duration leastBilled() {
        return Duration.ZERO;
    }

    /**
     * How long after {@link #open} a stream is given up that has not said {@link RecognitionListener#onOpened}. Does
     * not count while {@link #status} says that the engine loads.
     */
    default Duration startTimeout() {
        return Duration.ofSeconds(30);
    }

    /**
     * How long a stream may say nothing at all while it is sent speech, or takes no audio, before it is replaced. By
     * default practically for ever: for engines in this process, which say so when they break.
     */
    default Duration stallTimeout() {
        return Duration.ofDays(365);
    }

    /** How long a stream may be sent no audio at all. */
    default Duration longestSilence() {
        return Duration.ofDays(1);
    }

    /** Begins what takes long, in the background; called when the application starts, on the chosen engine only. */
    default void warmUp() {}

    /** Whether streams can be opened now. Cheap and free of network calls: health probes ask often. */
    RecognizerStatus status();

    /**
     * Opens a stream. Never blocks: what needs time (models that still load, a connection) happens in the background,
     * while the stream takes audio up to its room.
     *
     * @param listener called on any thread, one call at a time
     * @throws RecognitionException if it is known at once that the stream cannot start; the listener then hears nothing
     */
    RecognitionStream open(RecognitionRequest request, RecognitionListener listener) throws RecognitionException;
}
