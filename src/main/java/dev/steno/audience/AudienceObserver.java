package dev.steno.audience;

/** Counts what viewers are sent. Called for each event and viewer; implementations return at once and do not throw. */
public interface AudienceObserver {
    /** For those who count nothing. */
    AudienceObserver NONE = new AudienceObserver() {};

    /** @param delaySeconds since the result came from the session; NaN for events that tell of none */
    default void onSent(double delaySeconds) {}

    /** A viewer was too slow for so many partials. */
    default void onDroppedPartials(long count) {}

    /** Somebody tried a link that does not exist. */
    default void onMiss() {}
}
