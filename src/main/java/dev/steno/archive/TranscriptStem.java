package dev.steno.archive;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an archived transcript without prefix and extension: {@code 20241215_143022}, or
 * {@code 20241215_143022_2} for the second recording of that second. The natural order is that of time.
 *
 * @param second when the recording began, in whole seconds
 * @param number from 1
 */
public record TranscriptStem(Instant second, int number) implements Comparable<TranscriptStem> {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss").withZone(ZoneOffset.UTC);

    /** Numbers of one second take the low bits of the order; the second takes the rest. */
    private static final int NUMBER_BITS = 24;

    private static final Pattern STEM = Pattern.compile("([0-9]{8}_[0-9]{6})(?:_([1-9][0-9]{0,6}))?");

    /** Empty for text that is no such name. */
    public static Optional<TranscriptStem> parse(String text) {
        Matcher stem = STEM.matcher(text);
        if (!stem.matches()) {
            return Optional.empty();
        }
        try {
            int number = stem.group(2) == null ? 1 : Integer.parseInt(stem.group(2));
            TranscriptStem parsed = new TranscriptStem(MOMENT.parse(stem.group(1), Instant::from), number);
            return Optional.of(parsed).filter(each -> each.toString().equals(text)); // one name, one spelling
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A number that sorts as the stem does. */
    public long order() {
        return (second.getEpochSecond() << NUMBER_BITS) | number;
    }

    public static TranscriptStem ofOrder(long order) {
        return new TranscriptStem(
                Instant.ofEpochSecond(order >> NUMBER_BITS), (int) (order & ((1 << NUMBER_BITS) - 1)));
    }

    /**
     * Before those of all stems that began at this moment or later, as their names tell it; after those of older ones.
     */
    public static long firstOrder(Instant moment) {
        long second = moment.getNano() == 0 ? moment.getEpochSecond() : moment.getEpochSecond() + 1;
        return second << NUMBER_BITS;
    }

    /** What names of this second begin with. */
    public static String base(Instant second) {
        return MOMENT.format(second);
    }

    @Override
    public int compareTo(TranscriptStem other) {
        int byTime = second.compareTo(other.second);
        return byTime != 0 ? byTime : Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return number == 1 ? base(second) : base(second) + "_" + number;
    }
}
