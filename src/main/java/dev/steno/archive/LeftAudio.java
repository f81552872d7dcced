package dev.steno.archive;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Deletes audio whose journal is gone, by hand or with its disk: nothing would ever archive it, and it is people's
 * voices. A recording writes its journal before its audio, so one without the other has no process.
 */
final class LeftAudio {
    /** A journal is moved from folder to folder when a process takes it over; audio that is written to has one. */
    private static final Duration UNTOUCHED = Duration.ofDays(1);

    private static final String END = ".wav";

    private static final System.Logger LOG = System.getLogger(LeftAudio.class.getName());

    private LeftAudio() {}

    /** @param root the folder of all journals */
    static void delete(Path root, Path audio, Instant now) throws IOException {
        if (!Files.isDirectory(audio)) {
            return;
        }
        Set<String> known = recordings(root);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(audio, "*" + END)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                boolean old = Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(UNTOUCHED));
                if (old && !known.contains(name.substring(0, name.length() - END.length()))) {
                    Files.deleteIfExists(file);
                    LOG.log(Level.WARNING, "The audio {0} was deleted: its journal is gone.", file);
                }
            }
        }
    }

    /** Session ids of all journals, of this and other processes. */
    private static Set<String> recordings(Path root) throws IOException {
        Set<String> ids = new HashSet<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, Files::isDirectory)) {
            for (Path folder : folders) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                    files.forEach(file -> JournalName.parse(file)
                            .ifPresent(
                                    recording -> ids.add(recording.sessionId().toString())));
                }
            }
        }
        return ids;
    }
}
