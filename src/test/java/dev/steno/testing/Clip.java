package dev.steno.testing;

import dev.steno.transcript.AudioFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Recorded speech and what is said in it. */
public final class Clip {
    private static final int HEADER_BYTES = 44; // of a plain WAV file, as sox writes it

    private final String name;
    private final String text;
    private final byte[] audio;

    private Clip(String name, String text, byte[] audio) {
        this.name = name;
        this.text = text;
        this.audio = audio;
    }

    /** Made by a test. */
    public static Clip of(String name, String text, byte[] audio) {
        return new Clip(name, text, audio);
    }

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

    /** The file's name. */
    public String name() {
        return name;
    }

    public String text() {
        return text;
    }

    /** In the format of {@link AudioFormat}, without a header. Not to be changed. */
    public byte[] audio() {
        return audio;
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
