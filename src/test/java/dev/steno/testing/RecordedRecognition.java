package dev.steno.testing;

import dev.steno.recognition.RecognitionFailure;
import dev.steno.recognition.RecognitionListener;
import dev.steno.recognition.RecognitionResult;
import dev.steno.recognition.RecognitionStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Keeps what a stream says, and waits for it. */
public class RecordedRecognition implements RecognitionListener {
    private static final Duration PATIENCE = Duration.ofSeconds(60); // a loaded machine decodes slowly

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<List<String>> beforeOpened = new CopyOnWriteArrayList<>();
    private final List<Double> noWords = new CopyOnWriteArrayList<>();
    private final AtomicInteger progress = new AtomicInteger();
    private final List<RecognitionResult> partials = new CopyOnWriteArrayList<>();
    private final List<RecognitionResult> finals = new CopyOnWriteArrayList<>();
    private final List<RecognitionFailure> failures = new CopyOnWriteArrayList<>();
    private final CountDownLatch terminal = new CountDownLatch(1);
    private final CountDownLatch heard = new CountDownLatch(1);
    private final Semaphore room = new Semaphore(0);

    @Override
    public void onOpened() {
        beforeOpened.add(List.copyOf(events));
    }

    @Override
    public void onNoWords(double until) {
        noWords.add(until);
    }

    @Override
    public void onProgress() {
        progress.incrementAndGet();
    }

    @Override
    public void onPartial(RecognitionResult result) {
        events.add("partial");
        partials.add(result);
        heard.countDown();
    }

    @Override
    public void onFinal(RecognitionResult result) {
        events.add("final");
        finals.add(result);
    }

    @Override
    public void onRoom() {
        room.release();
    }

    @Override
    public void onCompleted() {
        events.add("completed");
        terminal.countDown();
    }

    @Override
    public void onFailed(RecognitionFailure failure) {
        events.add("failed");
        failures.add(failure);
        terminal.countDown();
    }

    /** Sends all of it, in pieces of a size, waiting for room where there is none. */
    public void send(RecognitionStream stream, byte[] audio, int chunkBytes) {
        for (int from = 0; from < audio.length; from += chunkBytes) {
            ByteBuffer chunk = ByteBuffer.wrap(audio, from, Math.min(chunkBytes, audio.length - from));
            while (chunk.hasRemaining()) {
                room.drainPermits();
                stream.send(chunk);
                if (chunk.hasRemaining()) {
                    awaitRoom();
                }
            }
        }
    }

    public void awaitRoom() {
        await("room", () -> room.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    }

    public void awaitPartial() {
        await("a partial", () -> heard.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    }

    public RecordedRecognition awaitEnd() {
        await("the end", () -> terminal.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        return this;
    }

    /** In order: partial, final, completed, failed. */
    public List<String> events() {
        return events;
    }

    /** For each time that the stream said it is open: the events before. */
    public List<List<String>> beforeOpened() {
        return beforeOpened;
    }

    /** Moments up to which there were no words. */
    public List<Double> noWords() {
        return noWords;
    }

    /** Signs of life. */
    public int progress() {
        return progress.get();
    }

    public List<RecognitionResult> partials() {
        return partials;
    }

    public List<RecognitionResult> finals() {
        return finals;
    }

    public List<RecognitionFailure> failures() {
        return failures;
    }

    public String text() {
        return finals.stream().map(RecognitionResult::text).collect(Collectors.joining(" "));
    }

    private static void await(String what, Condition condition) {
        try {
            if (!condition.holds()) {
                throw new AssertionError("Waited " + PATIENCE + " for " + what + ".");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for " + what + ".", e);
        }
    }

    private interface Condition {
        boolean holds() throws InterruptedException;
    }
}
