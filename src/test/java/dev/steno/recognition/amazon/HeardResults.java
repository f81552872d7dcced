package dev.steno.recognition.amazon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.recognition.RecognitionFailure;
import dev.steno.recognition.RecognitionListener;
import dev.steno.recognition.RecognitionResult;
import dev.steno.recognition.RecognitionStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A listener that remembers, and that minds the contract: one call at a time, nothing after the end. */
final class HeardResults implements RecognitionListener {
    private static final int PATIENCE_SECONDS = 20;

    final List<RecognitionResult> partials = new CopyOnWriteArrayList<>();
    final List<RecognitionResult> finals = new CopyOnWriteArrayList<>();
    final List<String> opened = new CopyOnWriteArrayList<>();
    final List<Double> noWords = new CopyOnWriteArrayList<>();
    final List<String> breaches = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> firstPartial = new CompletableFuture<>();
    private final CompletableFuture<RecognitionFailure> end = new CompletableFuture<>();
    private final Semaphore room = new Semaphore(0);
    private final AtomicInteger inside = new AtomicInteger();

    @Override
    public void onOpened() {
        alone(() -> opened.add("opened"));
    }

    @Override
    public void onNoWords(double until) {
        alone(() -> noWords.add(until));
    }

    @Override
    public void onProgress() {
        alone(() -> {});
    }

    @Override
    public void onPartial(RecognitionResult result) {
        alone(() -> partials.add(result));
        firstPartial.complete(result.text());
    }

    @Override
    public void onFinal(RecognitionResult result) {
        alone(() -> finals.add(result));
    }

    @Override
    public void onRoom() {
        alone(room::release);
    }

    @Override
    public void onCompleted() {
        alone(() -> end.complete(null));
    }

    @Override
    public void onFailed(RecognitionFailure failure) {
        alone(() -> end.complete(failure));
    }

    private void alone(Runnable call) {
        if (inside.getAndIncrement() != 0) {
            breaches.add("two calls at once");
        }
        if (end.isDone()) {
            breaches.add("a call after the end");
        }
        call.run();
        if (opened.size() > 1 || (opened.isEmpty() && !(partials.isEmpty() && finals.isEmpty()))) {
            breaches.add("not opened once before all else");
        }
        inside.decrementAndGet();
    }

    List<String> finalTexts() {
        return finals.stream().map(RecognitionResult::text).toList();
    }

    void awaitPartial() throws Exception {
        CompletableFuture.anyOf(firstPartial, end).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(end).as("no end before a partial").isNotDone();
    }

    /** The failure, or null when the stream completed. */
    RecognitionFailure awaitEnd() throws Exception {
        RecognitionFailure failure = end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(breaches).isEmpty();
        return failure;
    }

    boolean ended() {
        return end.isDone();
    }

    /** Sends all of it, in pieces, as fast as the stream takes it. Stops early when the stream ends. */
    void send(RecognitionStream stream, byte[] audio, int pieceBytes) throws InterruptedException {
        for (int start = 0; start < audio.length; start += pieceBytes) {
            ByteBuffer piece = ByteBuffer.wrap(audio, start, Math.min(pieceBytes, audio.length - start));
            stream.send(piece);
            while (piece.hasRemaining() && !end.isDone()) {
                if (room.tryAcquire(10, TimeUnit.MILLISECONDS)) {
                    stream.send(piece);
                }
            }
        }
    }
}
