package dev.steno.testing;

import dev.steno.transcript.AudioFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Recorded speech.
 *
 * @param name the file's
 * @param text what is said
 * @param audio in the format of {@link AudioFormat}, without a header
 */
public record Clip(String name, String text, byte[] audio) {
    private static final int HEADER_BYTES = 44; // of a plain WAV file, as sox writes it

    /** The clips that come with the project. */
    public static List<Clip> shipped() {
        try {
            return in(Path.of(Clip.class.getResource("/audio").toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Clip shipped(String name) {
        return shipped().stream()
                .filter(clip -> clip.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** A folder of WAV files with a {@code transcripts.tsv}: a line for each, its name, a tab, its text. */
    public static List<Clip> in(Path folder) {
        try {
            return Files.readAllLines(folder.resolve("transcripts.tsv")).stream()
                    .map(line -> line.split("\t", -1))
                    .map(fields -> new Clip(fields[0], fields[1], audio(folder.resolve(fields[0]))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public double seconds() {
        return AudioFormat.seconds(audio.length);
    }

    private static byte[] audio(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            return Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length & ~1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
