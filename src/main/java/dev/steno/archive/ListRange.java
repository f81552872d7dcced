package dev.steno.archive;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A stretch of the archive.
 *
 * @param from recordings that began at this moment or later
 * @param to recordings that began before this moment
 * @param before only what is older than this transcript
 */
public record ListRange(Optional<Instant> from, Optional<Instant> to, Optional<TranscriptStem> before) {
    public static final ListRange ALL = new ListRange(Optional.empty(), Optional.empty(), Optional.empty());

    /** Names tell whole seconds: a second that began before {@code from} is out. See {@link #wholeSeconds}. */
    public boolean contains(TranscriptStem stem) {
        return from.filter(moment -> stem.second().isBefore(moment)).isEmpty()
                && to.filter(moment -> !stem.second().isBefore(moment)).isEmpty()
                && before.filter(other -> stem.compareTo(other) >= 0).isEmpty();
    }

    /**
     * The shortest stretch of whole seconds around this one: in it are the names of all recordings that this one has.
     */
    public ListRange wholeSeconds() {
        return new ListRange(from.map(moment -> moment.truncatedTo(ChronoUnit.SECONDS)), to, before);
    }

    /** Whether a recording that began at this moment is in the stretch of time. */
    public boolean hasBeginning(Instant startedAt) {
        return from.filter(startedAt::isBefore).isEmpty()
                && to.filter(moment -> !startedAt.isBefore(moment)).isEmpty();
    }

    /** The same stretch up to this transcript. */
    public ListRange before(TranscriptStem stem) {
        return new ListRange(from, to, Optional.of(stem));
    }

    /** The first whole second that is surely behind the stretch; empty if it has no end. */
    public Optional<Instant> end() {
        Optional<Instant> next = before.map(stem -> stem.second().plusSeconds(1));
        Optional<Instant> last = to.map(ListRange::roundedUp);
        return next.isPresent() && last.isPresent()
                ? Optional.of(next.get().isBefore(last.get()) ? next.get() : last.get())
                : next.or(() -> last);
    }

    private static Instant roundedUp(Instant moment) {
        Instant second = moment.truncatedTo(ChronoUnit.SECONDS);
        return second.equals(moment) ? second : second.plusSeconds(1);
    }
}
