package dev.steno.archive.file;

import dev.steno.archive.ArchivedTranscripts;
import dev.steno.archive.DocumentName;
import dev.steno.archive.ListRange;
import dev.steno.archive.TranscriptStem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The names in an archive folder, sorted, eight bytes each. A folder tells when a name in it was made or deleted, so it
 * is read again only after that: 100 000 transcripts are 200 000 names.
 */
final class StemList {
    /**
     * File systems tell time in steps; a change within one of them cannot be seen by it. Some know whole seconds only.
     */
    private static final long COARSE_STEP_MILLIS = 2_000;

    /** Where parts of seconds are known, the step is that of the system's clock: 10 ms at most. */
    private static final long FINE_STEP_MILLIS = 50;

    private static final int STEM_LENGTH = "20241215_143022".length();

    private static final String TEXT_END = "." + DocumentName.TEXT;

    private final Path folder;
    private FileTime readAt = FileTime.fromMillis(0);
    private long[] sorted = {};

    StemList(Path folder) {
        this.folder = folder;
    }

    /** The newest of a stretch, newest first. */
    List<TranscriptStem> newest(ListRange range, int limit) throws IOException {
        long[] stems = current();
        int end = range.end()
                .map(moment -> position(stems, TranscriptStem.firstOrder(moment)))
                .orElse(stems.length);
        List<TranscriptStem> found = new ArrayList<>();
        for (int i = end - 1; i >= 0 && found.size() < Math.min(limit, ArchivedTranscripts.MOST_LISTED); i--) {
            TranscriptStem stem = TranscriptStem.ofOrder(stems[i]);
            if (range.contains(stem)) {
                found.add(stem);
            } else if (range.from().filter(stem.second()::isBefore).isPresent()) {
                break;
            }
        }
        return found;
    }

    private synchronized long[] current() throws IOException {
        if (!Files.isDirectory(folder)) {
            return new long[0];
        }
        FileTime changed = Files.getLastModifiedTime(folder);
        boolean settled = System.currentTimeMillis() - changed.toMillis() > step(changed);
        if (!changed.equals(readAt)) {
            sorted = read();
            readAt = settled ? changed : FileTime.fromMillis(0);
        }
        return sorted;
    }

    private static long step(FileTime changed) {
        return changed.toInstant().get(ChronoField.NANO_OF_SECOND) == 0 ? COARSE_STEP_MILLIS : FINE_STEP_MILLIS;
    }

    /** By the old interface: it makes no object for each name but the name itself. */
    private long[] read() throws IOException {
        String[] names = folder.toFile().list();
        if (names == null) {
            throw new IOException("The folder " + folder + " cannot be read.");
        }
        return Arrays.stream(names)
                .filter(name -> name.endsWith(TEXT_END))
                .map(name -> name.substring(0, name.length() - TEXT_END.length()))
                .flatMapToLong(StemList::order)
                .sorted()
                .toArray();
    }

    /** By hand: a hundred thousand names are read by the parser of dates in a second, and so in a few milliseconds. */
    private static LongStream order(String name) {
        int number = name.length() == STEM_LENGTH ? 1 : number(name);
        long day = digits(name, 0, 8);
        long time = digits(name, 9, 15);
        if (number < 1 || day < 0 || time < 0 || name.charAt(8) != '_') {
            return LongStream.empty();
        }
        long hour = time / 10_000;
        long minute = time / 100 % 100;
        long second = time % 100;
        try {
            LocalDate date = LocalDate.of((int) (day / 10_000), (int) (day / 100 % 100), (int) (day % 100));
            long seconds = ((date.toEpochDay() * 24 + hour) * 60 + minute) * 60 + second;
            return hour > 23 || minute > 59 || second > 59
                    ? LongStream.empty()
                    : LongStream.of(new TranscriptStem(Instant.ofEpochSecond(seconds), number).order());
        } catch (DateTimeException e) {
            return LongStream.empty();
        }
    }

    /** What follows the moment: an underscore and a number from 2 on, without a zero before it. */
    private static int number(String name) {
        int digits = name.length() - STEM_LENGTH - 1;
        if (digits < 1 || digits > 7 || name.charAt(STEM_LENGTH) != '_' || name.charAt(STEM_LENGTH + 1) == '0') {
            return -1;
        }
        int number = (int) digits(name, STEM_LENGTH + 1, name.length());
        return number == 1 ? -1 : number;
    }

    private static long digits(String name, int from, int to) {
        if (name.length() < to) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = name.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static int position(long[] stems, long order) {
        int found = Arrays.binarySearch(stems, order);
        return found >= 0 ? found : -found - 1;
    }
}
