package dev.steno.session.upstream;

import dev.steno.recognition.EngineOrder;
import dev.steno.recognition.RecognitionFailure;
import dev.steno.recognition.SpeechRecognizer;
import java.time.Duration;
import java.util.Optional;

/**
 * Which engine the streams of a recording are opened with, and how often it is tried again. Belongs to the session's
 * worker. Moments are nanoTime.
 */
final class EngineTries {
    private final EngineOrder engines;
    private final int retries;
    private ReconnectPolicy reconnects;

    /** @param retries consecutive tries to replace a broken stream of one engine */
    EngineTries(EngineOrder engines, int retries) {
        this.engines = engines;
        this.retries = retries;
        reconnects = newTries();
    }

    EngineOrder engines() {
        return engines;
    }

    SpeechRecognizer recognizer() {
        return engines.recognizer();
    }

    /** Of the engine in use, since its last progress. */
    int failures() {
        return reconnects.failures();
    }

    /** Whether an engine that is preferred to the one in use may be tried again. */
    boolean betterDue(long now) {
        return engines.betterDue(now);
    }

    /** A stream is about to be opened. */
    void choose(long now) {
        if (engines.betterDue(now)) {
            engines.chooseBest(now);
            reconnects = newTries();
        }
    }

    /** The recording goes on from another process, in which an engine worked. */
    void restored() {
        reconnects.onProgress();
    }

    /** The engine in use works. */
    void onProgress() {
        reconnects.onProgress();
        engines.onProgress();
    }

    /** @return how long to wait until the same engine is tried again; empty if it is not */
    Optional<Duration> onBroken(RecognitionFailure failure) {
        Optional<Duration> pause = reconnects.onBroken(failure);
        return engines.onTrial() ? Optional.empty() : pause;
    }

    /** The engine in use is given up. @return whether another one takes its place */
    boolean fallBack(long now) {
        if (!engines.fallBack(now)) {
            return false;
        }
        reconnects = newTries();
        return true;
    }

    private ReconnectPolicy newTries() {
        return new ReconnectPolicy(new Backoff(retries));
    }
}
