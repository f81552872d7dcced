package dev.steno.recognition.amazon;

import dev.steno.recognition.RecognitionFailure;
import dev.steno.recognition.RecognizerStatus;
import dev.steno.recognition.RecognizerStatus.State;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** Whether credentials can be had, as far as the last look-up knows. Looks up in the background, never calls AWS. */
final class CredentialsCheck {
    private static final Logger LOG = System.getLogger(CredentialsCheck.class.getName());

    /** Probes come every few seconds: old enough to spare the chain, young enough for a person who fixes it. */
    private static final Duration FRESH = Duration.ofSeconds(15);

    private final AwsCredentialsProvider credentials;
    private final Executor background;
    private final AtomicLong lookUpAfter = new AtomicLong(System.nanoTime());
    private volatile RecognizerStatus known =
            new RecognizerStatus(State.LOADING, "AWS credentials are being looked up.");

    CredentialsCheck(AwsCredentialsProvider credentials, Executor background) {
        this.credentials = credentials;
        this.background = background;
    }

    RecognizerStatus status() {
        long due = lookUpAfter.get();
        long now = System.nanoTime();
        if (now - due >= 0 && lookUpAfter.compareAndSet(due, now + FRESH.toNanos())) {
            background.execute(this::lookUp);
        }
        return known;
    }

    private void lookUp() {
        try {
            credentials.resolveCredentials();
            known = new RecognizerStatus(State.READY, "AWS credentials are at hand.");
        } catch (
                RuntimeException
                        e) { // SdkException as a rule; a provider may throw anything, and LOADING would stay for ever
            RecognitionFailure failure = TranscribeFailures.NO_CREDENTIALS;
            LOG.log(Level.DEBUG, "No AWS credentials", e);
            known = new RecognizerStatus(State.UNAVAILABLE, failure.message() + " " + failure.remedy());
        }
    }
}
