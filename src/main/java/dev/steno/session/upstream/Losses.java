package dev.steno.session.upstream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * The audio of one recording that was lost. Tells each stretch once, merged with its neighbours, about once a second.
 */
final class Losses {
    private static final long INTERVAL_NANOS = 1_000_000_000L;

    /** Without overlaps and in order; only those behind what is settled. */
    private final List<Loss> known = new ArrayList<>();

    private final Deque<Loss> untold = new ArrayDeque<>();
    private long tellAt;

    /** @param now as {@link dev.steno.session.mailbox.TimeSource#nanoTime} */
    Losses(long now) {
        tellAt = now;
    }

    /** Notes what is new in a stretch. */
    void add(long start, long end, LossReason reason) {
        long position = start;
        for (Loss old : List.copyOf(known)) {
            if (old.end() > position && old.start() < end) {
                addNew(position, old.start(), reason);
                position = old.end();
            }
        }
        addNew(position, end, reason);
    }

    private void addNew(long start, long end, LossReason reason) {
        if (start >= end) {
            return;
        }
        Loss loss = new Loss(start, end, reason);
        known.add(loss);
        known.sort(Comparator.comparingLong(Loss::start));
        if (!untold.isEmpty() && untold.getLast().continuedBy(loss)) {
            untold.add(untold.removeLast().with(loss));
        } else {
            untold.add(loss);
        }
    }

    /** The position from which on nothing is known to be lost, beginning at {@code position}. */
    long skip(long position) {
        long after = position;
        for (Loss loss : known) {
            after = loss.start() <= after ? Math.max(after, loss.end()) : after;
        }
        return after;
    }

    /** What lies before a position does not matter any more. */
    void forget(long position) {
        known.removeIf(loss -> loss.end() <= position);
    }

    boolean pending() {
        return !untold.isEmpty();
    }

    /** What is to be told now; not again within a second. */
    List<Loss> due(long now) {
        return now - tellAt < 0 ? List.of() : rest(now);
    }

    /** What is to be told, without waiting. */
    List<Loss> rest(long now) {
        if (untold.isEmpty()) {
            return List.of();
        }
        List<Loss> due = List.copyOf(untold);
        untold.clear();
        tellAt = now + INTERVAL_NANOS;
        return due;
    }
}
