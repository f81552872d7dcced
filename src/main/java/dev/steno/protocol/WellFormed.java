package dev.steno.protocol;

/**
 * Text that UTF-8 can hold. An engine may cut a character in two, and Tyrus loses a message with half a one without a
 * word.
 */
final class WellFormed {
    private static final int REPLACEMENT = 0xFFFD;

    private WellFormed() {}

    /** @return the text, with each half of a surrogate pair that stands alone replaced by U+FFFD */
    static String text(String text) {
        boolean whole = text.codePoints().noneMatch(WellFormed::isHalf);
        return whole
                ? text
                : text.codePoints()
                        .map(point -> isHalf(point) ? REPLACEMENT : point)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
