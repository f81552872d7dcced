package dev.steno.soak;

import dev.steno.testing.s3.S3Server;
import dev.steno.testing.transcribe.Fault;
import dev.steno.testing.transcribe.TranscribeServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Faults of Amazon Transcribe and S3, at random; called once a second. All are such that nothing may be lost: silent
 * stalls, after which Steno says what it dropped, have tests of their own. Not thread-safe.
 */
final class RandomFaults {
    /** A connection or a stream breaks every other second or so. */
    private static final double UPSTREAM = 0.5;

    private static final double STORE = 0.25;

    /** Two in three minutes. */
    private static final double OUTAGE = 1 / 90.0;

    private static final int LONGEST_OUTAGE_SECONDS = 20;

    private static final int LATEST_BREAK_SECONDS = 20;

    private static final List<Fault> UPSTREAM_FAULTS = List.of(
            Fault.reject(500, "InternalFailureException"),
            Fault.reject(503, "ServiceUnavailableException"),
            Fault.of(Fault.Kind.REFUSE_CONNECTION),
            Fault.of(Fault.Kind.SLOW_START).lasting(Duration.ofSeconds(1)),
            Fault.of(Fault.Kind.DELAY).lasting(Duration.ofMillis(500)),
            Fault.exception("InternalFailureException", "injected fault"),
            Fault.of(Fault.Kind.RESET),
            Fault.of(Fault.Kind.GOAWAY),
            Fault.of(Fault.Kind.GOAWAY_GRACEFUL),
            Fault.of(Fault.Kind.CLOSE),
            Fault.of(Fault.Kind.END),
            Fault.of(Fault.Kind.CORRUPT),
            Fault.of(Fault.Kind.HANG_AT_END),
            Fault.of(Fault.Kind.RESET_AT_END),
            Fault.of(Fault.Kind.END_WITHOUT_FINAL));

    private static final List<dev.steno.testing.s3.Fault> STORE_FAULTS = List.of(
            dev.steno.testing.s3.Fault.SLOW_DOWN,
            dev.steno.testing.s3.Fault.INTERNAL,
            dev.steno.testing.s3.Fault.CONFLICT,
            dev.steno.testing.s3.Fault.HANG,
            dev.steno.testing.s3.Fault.RESET,
            dev.steno.testing.s3.Fault.LOST_RESPONSE);

    private final TranscribeServer transcribe;
    private final S3Server s3;
    private final Random random;
    private final Map<String, Integer> played = new TreeMap<>();
    private int outageSecondsLeft;

    RandomFaults(TranscribeServer transcribe, S3Server s3, Random random) {
        this.transcribe = transcribe;
        this.s3 = s3;
        this.random = random;
    }

    void tick() {
        if (random.nextDouble() < UPSTREAM) {
            Fault fault = UPSTREAM_FAULTS.get(random.nextInt(UPSTREAM_FAULTS.size()));
            transcribe.play(fault.after(32_000L * random.nextInt(LATEST_BREAK_SECONDS)));
            count("transcribe " + fault.kind());
        }
        if (random.nextDouble() < STORE) {
            dev.steno.testing.s3.Fault fault = STORE_FAULTS.get(random.nextInt(STORE_FAULTS.size()));
            s3.play(fault);
            count("s3 " + fault);
        }
        outage();
    }

    private void outage() {
        if (outageSecondsLeft > 0) {
            outageSecondsLeft--;
            if (outageSecondsLeft == 0) {
                s3.up();
            }
        } else if (random.nextDouble() < OUTAGE) {
            outageSecondsLeft = 1 + random.nextInt(LONGEST_OUTAGE_SECONDS);
            s3.down();
            count("s3 outage");
        }
    }

    /** No faults any more. */
    void heal() {
        if (outageSecondsLeft > 0) {
            outageSecondsLeft = 0;
            s3.up();
        }
        s3.heal();
    }

    /** How often what was played. */
    Map<String, Integer> played() {
        return played;
    }

    private void count(String what) {
        played.merge(what, 1, Integer::sum);
    }
}
