package dev.steno.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/**
 * Speech with its true text, from {@code src/test/resources/audio}.
 *
 * @param name file name
 * @param text what is said, in lower case
 * @param pcm the samples without the header
 */
@SuppressWarnings("ArrayRecordComponent") // read only, never compared
public record SpeechClip(String name, String text, byte[] pcm) {
    private static final int CHUNK_BYTES = 3_200;

    public static SpeechClip load(String name) {
        try (InputStream in = SpeechClip.class.getResourceAsStream("/audio/" + name);
                AudioInputStream audio = AudioSystem.getAudioInputStream(new BufferedInputStream(in))) {
            return new SpeechClip(name, text(name), audio.readAllBytes());
        } catch (UnsupportedAudioFileException e) {
            throw new IllegalArgumentException(name, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file itself, for a browser's fake microphone. */
    public static Path file(String name) {
        try {
            return Path.of(SpeechClip.class.getResource("/audio/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(name, e);
        }
    }

    /** Chunks of 100 ms. */
    public List<byte[]> chunks() {
        List<byte[]> chunks = new ArrayList<>();
        for (int from = 0; from < pcm.length; from += CHUNK_BYTES) {
            chunks.add(Arrays.copyOfRange(pcm, from, Math.min(pcm.length, from + CHUNK_BYTES)));
        }
        return chunks;
    }

    /** Gives a chunk each 100 ms, as a microphone does, and returns after the last. */
    public void play(Consumer<byte[]> microphone) {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try {
            CompletableFuture<Void> done = new CompletableFuture<>();
            List<byte[]> chunks = chunks();
            int[] next = {0};
            ScheduledFuture<?> beat = clock.scheduleAtFixedRate(
                    () -> {
                        try {
                            microphone.accept(chunks.get(next[0]++));
                            if (next[0] == chunks.size()) {
                                done.complete(null);
                            }
                        } catch (RuntimeException e) {
                            done.completeExceptionally(e);
                        }
                    },
                    0,
                    100,
                    TimeUnit.MILLISECONDS);
            done.join();
            beat.cancel(false);
        } finally {
            clock.shutdownNow();
        }
    }

    private static String text(String name) throws IOException {
        try (InputStream in = SpeechClip.class.getResourceAsStream("/audio/transcripts.tsv")) {
            String table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return table.lines()
                    .map(line -> line.split("\t", 2))
                    .filter(columns -> columns[0].equals(name))
                    .map(columns -> columns[1])
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(name + " has no text"));
        }
    }
}
