package dev.steno.recognition.sphinx;

/** Which phones the next frames sound like. */
@FunctionalInterface
interface PhoneFits {
    /** Every phone may come next. */
    PhoneFits ANY = phone -> 0;

    /** 0 for the phone that fits best, less for others. */
    float fit(int phone);
}
