package dev.steno.transcript;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What {@link SampleTranscripts#golden} must look like. */
public final class GoldenFiles {
    private GoldenFiles() {}

    public static String read(String name) {
        try (InputStream file = GoldenFiles.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
