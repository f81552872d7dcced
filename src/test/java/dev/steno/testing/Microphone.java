package dev.steno.testing;

import java.net.URISyntaxException;
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

/** Gives a clip in the chunks and at the pace of a microphone. */
public final class Microphone {
    private static final int CHUNK_MILLIS = 100;
    private static final int CHUNK_BYTES = 3_200;

    private Microphone() {}

    /** Chunks of 100 ms. */
    public static List<byte[]> chunks(byte[] audio) {
        List<byte[]> chunks = new ArrayList<>();
        for (int from = 0; from < audio.length; from += CHUNK_BYTES) {
            chunks.add(Arrays.copyOfRange(audio, from, Math.min(audio.length, from + CHUNK_BYTES)));
        }
        return chunks;
    }

    /** Gives a chunk each 100 ms, and returns after the last. */
    public static void play(Clip clip, Consumer<byte[]> listener) {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try {
            CompletableFuture<Void> done = new CompletableFuture<>();
            List<byte[]> chunks = chunks(clip.audio());
            int[] next = {0};
            ScheduledFuture<?> beat = clock.scheduleAtFixedRate(
                    () -> {
                        try {
                            listener.accept(chunks.get(next[0]++));
                            if (next[0] == chunks.size()) {
                                done.complete(null);
                            }
                        } catch (RuntimeException e) {
                            done.completeExceptionally(e);
                        }
                    },
                    0,
                    CHUNK_MILLIS,
                    TimeUnit.MILLISECONDS);
            done.join();
            beat.cancel(false);
        } finally {
            clock.shutdownNow();
        }
    }

    /** The file of a shipped clip, for a browser's fake microphone. */
    public static Path file(String name) {
        try {
            return Path.of(Microphone.class.getResource("/audio/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(name, e);
        }
    }
}
