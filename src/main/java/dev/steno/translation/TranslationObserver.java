package dev.steno.translation;

/** Counts translations. Called by any thread; implementations return at once and do not throw. */
public interface TranslationObserver {
    /** For those who count nothing. */
    TranslationObserver NONE = new TranslationObserver() {};

    /** @param delaySeconds since the final was said */
    default void onTranslated(double delaySeconds) {}

    /** @param characters that were sent to the service */
    default void onSent(long characters) {}

    default void onFailure(TranslationException.Kind kind) {}
}
