package dev.steno.recognition;

import java.time.Duration;

/** An engine outside this process, with what the configuration says of its streams. */
public abstract class LimitedRecognizer implements SpeechRecognizer {
    private final StreamLimits limits;

    /** For the container's proxies only. */
    protected LimitedRecognizer() {
        limits = null;
    }

    protected LimitedRecognizer(StreamLimits limits) {
        this.limits = limits;
    }

    protected StreamLimits limits() {
        return limits;
    }

    @Override
    public int streamLimit() {
        return limits.streams();
    }

    @Override
    public int recordingLimit() {
        return limits.recordings();
    }

    /** What the service may take, and as long again for this machine to place the call: it may be busy. */
    @Override
    public Duration startTimeout() {
        return limits.startTimeout().multipliedBy(2);
    }

    @Override
    public Duration stallTimeout() {
        return limits.stallTimeout();
    }
}
