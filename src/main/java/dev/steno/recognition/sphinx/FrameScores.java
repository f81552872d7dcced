package dev.steno.recognition.sphinx;

/** How well 10 ms of sound fit the states of the acoustic model. */
@FunctionalInterface
interface FrameScores {
    /** The logarithm of the density, in the unit of Sphinx's {@code LogMath}. */
    float score(int senone);
}
