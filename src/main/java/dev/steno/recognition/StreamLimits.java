package dev.steno.recognition;

import dev.steno.configuration.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;

/**
 * How many streams to an engine outside this process one node may hold, for how long each, and when one counts as
 * stalled. The keys are named after Amazon Transcribe, the first such engine, and hold for all of them.
 */
@Dependent
public class StreamLimits {
    private static final int MOST_RECORDINGS = 20;

    private final int streams;
    private final Duration streamDuration;
    private final Duration stallTimeout;
    private final Duration startTimeout;

    /**
     * 25 streams at once is the default quota of an account and region; 10 000 is beyond any. AWS ends a stream after
     * 4 h: 3 h 50 min leaves ten minutes to find a pause in speech. 30 s without a sign of life are far more than
     * results take, and less than the audio that can be sent again. A far region and a slow proxy answer within 5 s.
     */
    @Inject
    public StreamLimits(Settings settings) {
        streams = settings.integer("TRANSCRIBE_STREAM_LIMIT", 25, 1, 10_000);
        streamDuration = settings.duration(
                "TRANSCRIBE_MAX_STREAM_DURATION",
                Duration.ofHours(3).plusMinutes(50),
                Duration.ofSeconds(1),
                Duration.ofHours(4));
        stallTimeout = settings.duration(
                "TRANSCRIBE_STALL_TIMEOUT", Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofMinutes(10));
        startTimeout = settings.duration(
                "TRANSCRIBE_START_TIMEOUT", Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofMinutes(1));
    }

    public int streams() {
        return streams;
    }

    /** How many recordings a node should take on: five streams of the default quota are left for others. */
    public int recordings() {
        return Math.min(MOST_RECORDINGS, streams);
    }

    public Duration streamDuration() {
        return streamDuration;
    }

    public Duration stallTimeout() {
        return stallTimeout;
    }

    /** How long the engine's server may take to answer a request. */
    public Duration startTimeout() {
        return startTimeout;
    }
}
