package dev.steno.quota;

import dev.steno.files.WholeFiles;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.UUID;

/**
 * The seconds that were used in a day, one small file for each process: {@code minutes-2026-11-23-<uuid>}. So processes
 * that share a folder never overwrite each other, and each counts what all of them used. Files of long ago are deleted.
 */
final class MinutesFiles {
    private static final String PREFIX = "minutes-";

    private static final System.Logger LOG = System.getLogger(MinutesFiles.class.getName());

    private final Path folder;
    private final String process = "-" + UUID.randomUUID();

    MinutesFiles(Path folder) {
        this.folder = folder;
    }

    /** Replaces what was written before, at once or not at all. */
    synchronized void write(LocalDate day, long seconds) throws IOException {
        Path file = folder.resolve(PREFIX + day + process);
        WholeFiles.replace(file, (seconds + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * What other processes wrote for a day. A file that makes no sense counts as nothing, is told and deleted: a
     * damaged counter must not keep people from recording.
     */
    long usedByOthers(LocalDate day) {
        long seconds = 0;
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, PREFIX + "2*")) {
            for (Path file : found) {
                String name = file.getFileName().toString();
                if (!name.startsWith(PREFIX + day)) {
                    deleteOld(file, name, day);
                } else if (!name.endsWith(process)) {
                    seconds += read(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.log(Level.WARNING, "The minutes that were used earlier today cannot be read. Check JOURNAL_DIR.", e);
        }
        return seconds;
    }

    /**
     * Its own at once, because it remembers what they hold. Those of other processes long after: if the clock jumped,
     * the other day is today.
     */
    private void deleteOld(Path file, String name, LocalDate day) throws IOException {
        if (name.endsWith(process) || isOld(name, day)) {
            Files.deleteIfExists(file);
        }
    }

    private static boolean isOld(String name, LocalDate day) {
        try {
            LocalDate of = LocalDate.parse(name.substring(
                    PREFIX.length(), PREFIX.length() + day.toString().length()));
            return of.isBefore(day.minusDays(DailyMinutes.DAYS_KEPT));
        } catch (DateTimeParseException | IndexOutOfBoundsException e) {
            return true; // not named by this program
        }
    }

    private static long read(Path file) throws IOException {
        try {
            String content = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
            if (content.matches("[0-9]{1,9}")) {
                return Long.parseLong(content);
            }
            LOG.log(
                    Level.WARNING,
                    "{0} is damaged and was deleted: the minutes that it held do not count against DAILY_MINUTES today.",
                    file);
            Files.deleteIfExists(file);
        } catch (NoSuchFileException e) {
            LOG.log(Level.DEBUG, "Another process deleted {0} meanwhile.", file);
        }
        return 0;
    }
}
