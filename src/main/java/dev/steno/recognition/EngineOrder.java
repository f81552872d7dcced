package dev.steno.recognition;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Which engine one recording uses now, and which it goes on with when that one is given up. Times are nanoseconds from
 * an origin of the caller's. Not thread-safe: belongs to the recording.
 */
public final class EngineOrder {
    /** An engine, and what it was asked for. */
    record Candidate(SpeechRecognizer recognizer, RecognitionRequest request) {}

    private final List<Candidate> candidates;
    private final Duration retry;
    private final boolean[] failed;
    private final long[] retryAt;
    private int current;
    private boolean onTrial;

    /** @param candidates at least one, the preferred one first */
    EngineOrder(List<Candidate> candidates, Duration retry) {
        this.candidates = List.copyOf(candidates);
        this.retry = retry;
        failed = new boolean[candidates.size()];
        retryAt = new long[candidates.size()];
    }

    /** One engine alone, with a request that it prepared. */
    public static EngineOrder of(SpeechRecognizer recognizer, RecognitionRequest request) {
        return new EngineOrder(List.of(new Candidate(recognizer, request)), Duration.ZERO);
    }

    /** The engine in use. */
    public SpeechRecognizer recognizer() {
        return candidates.get(current).recognizer();
    }

    /** What its streams are opened with. */
    public RecognitionRequest request() {
        return candidates.get(current).request();
    }

    /**
     * Whether the engine in use was given up before and has not worked since: one failure is enough to leave it again.
     */
    public boolean onTrial() {
        return onTrial;
    }

    /** The engine in use took the audio further. */
    public void onProgress() {
        failed[current] = false;
        onTrial = false;
    }

    /**
     * The engine in use is given up.
     *
     * @return whether another one is in use now; otherwise there is none left
     */
    public boolean fallBack(long now) {
        failed[current] = true;
        retryAt[current] = now + retry.toNanos();
        OptionalInt next = IntStream.range(0, candidates.size())
                .filter(i -> i != current && (!failed[i] || due(i, now)))
                .findFirst();
        next.ifPresent(this::use);
        return next.isPresent();
    }

    /** Whether an engine that is preferred to the one in use may be tried again. */
    public boolean betterDue(long now) {
        return better(now).isPresent();
    }

    /** Uses the best engine that may be tried. */
    public void chooseBest(long now) {
        better(now).ifPresent(this::use);
    }

    private OptionalInt better(long now) {
        return IntStream.range(0, current)
                .filter(i -> due(i, now))
                .filter(i -> candidates.get(i).recognizer().status().state() == RecognizerStatus.State.READY)
                .findFirst();
    }

    private boolean due(int index, long now) {
        return failed[index] && now - retryAt[index] >= 0;
    }

    private void use(int index) {
        current = index;
        onTrial = failed[index];
    }
}
