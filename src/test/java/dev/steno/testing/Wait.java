package dev.steno.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for conditions that nobody announces. */
public final class Wait {
    private static final Duration PAUSE = Duration.ofMillis(20);

    private Wait() {}

    /** @param what said in the failure if the condition does not come true in time */
    public static void until(Duration patience, Supplier<String> what, BooleanSupplier condition) {
        long giveUp = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - giveUp > 0) {
                throw new AssertionError("Waited " + patience + " in vain for " + what.get());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
