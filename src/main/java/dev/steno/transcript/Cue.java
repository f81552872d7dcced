package dev.steno.transcript;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a player shows at once.
 *
 * @param startMillis from the beginning of the audio, not before the end of the cue before
 * @param endMillis after {@code startMillis}
 * @param lines one or more, none blank
 * @param speaker the engine's label of who speaks, where it is known and to be shown
 */
record Cue(long startMillis, long endMillis, List<String> lines, Optional<String> speaker) {
    Cue {
        lines = List.copyOf(lines);
    }

    /** The line that both formats put above the text; they differ in what stands before the milliseconds. */
    String times(char decimalMark) {
        return time(startMillis, decimalMark) + " --> " + time(endMillis, decimalMark);
    }

    private static String time(long millis, char decimalMark) {
        long seconds = millis / 1000;
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d%c%03d",
                seconds / 3600,
                seconds / 60 % 60,
                seconds % 60,
                decimalMark,
                millis % 1000);
    }
}
