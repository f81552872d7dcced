package dev.steno.archive;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The name of a recording in the archive: {@code 20241215_143022}, the moment of its first audio in UTC. A second
 * recording of the same second is {@code 20241215_143022_2}.
 *
 * @param base prefix and moment
 * @param number from 1
 */
record TranscriptKey(String base, int number) {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss").withZone(ZoneOffset.UTC);

    /** Subtitles in another language: {@code pt-BR.vtt}. */
    private static final String TRANSLATION = "[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})*\\.vtt";

    /** Without a prefix, as in a folder. */
    private static final Pattern FILE = Pattern.compile("([0-9]{8}_[0-9]{6})(_[1-9][0-9]{0,6})?\\."
            + Stream.concat(
                            Arrays.stream(DocumentFormat.values()).map(DocumentFormat::extension),
                            Stream.of(TranscriptDocuments.AUDIO, TRANSLATION))
                    .collect(Collectors.joining("|", "(", ")")));

    /** Whether a moment has a name: of a year with four digits. */
    static boolean names(Instant startedAt) {
        int year = startedAt.atZone(ZoneOffset.UTC).getYear();
        return year >= 0 && year <= 9999;
    }

    /** @param prefix what the archive puts before every name, or nothing */
    static TranscriptKey first(String prefix, Instant startedAt) {
        return new TranscriptKey(prefix + MOMENT.format(startedAt), 1);
    }

    /** When the recording of a file began, if it is a file that Steno named: {@code 20241215_143022_2.json}. */
    static Optional<Instant> startOf(String fileName) {
        Matcher name = FILE.matcher(fileName);
        try {
            return name.matches() ? Optional.of(MOMENT.parse(name.group(1), Instant::from)) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    TranscriptKey next() {
        return new TranscriptKey(base, number + 1);
    }

    TranscriptKey numbered(int other) {
        return new TranscriptKey(base, other);
    }

    String stem() {
        return number == 1 ? base : base + "_" + number;
    }

    /** Whether {@code stem} is one of the names that follow from this one. */
    boolean leadsTo(String stem) {
        return stem.equals(base) || stem.matches("\\Q" + base + "\\E_[1-9][0-9]{0,6}");
    }

    /** The name that was tried before, so that a try after a crash begins where the last one ended. */
    TranscriptKey resumedAt(String stem) {
        return stem.equals(base)
                ? new TranscriptKey(base, 1)
                : new TranscriptKey(base, Integer.parseInt(stem.substring(base.length() + 1)));
    }
}
