package dev.steno.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What lies in a folder. */
final class TestFiles {
    private TestFiles() {}

    /** Paths relative to the folder of all files below it, sorted; locks left out. */
    static List<String> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .filter(name -> !name.endsWith(".lock"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path only(Path folder) {
        List<String> names = below(folder);
        if (names.size() != 1) {
            throw new AssertionError("Expected one file in " + folder + ", found " + names);
        }
        return folder.resolve(names.get(0));
    }
}
