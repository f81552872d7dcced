package dev.steno.session.upstream;

import dev.steno.quota.StreamMeter;
import dev.steno.recognition.EngineOrder;
import dev.steno.recognition.RecognitionException;
import dev.steno.recognition.RecognitionListener;
import dev.steno.recognition.RecognitionResult;
import dev.steno.recognition.RecognitionStream;
import dev.steno.recognition.SpeechRecognizer;
import dev.steno.session.mailbox.TimeSource;
import dev.steno.transcript.AudioFormat;
import dev.steno.transcript.Word;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * One stream to the engine that knows where in the client's audio it is: paces what is sent, brings the engine's times,
 * which begin at 0 with each stream, to positions in the client's audio, and knows when it moved last. Belongs to the
 * session's worker.
 */
final class PositionedStream {
    /** The time-out of a silent engine is doubled with each try that did not help, at most so often. */
    private static final int MOST_DOUBLINGS = 3;

    private final RecognitionStream stream;
    private final StreamStart start;
    private final TimeSource time;
    private final StreamMeter meter;
    private final StreamPositions positions;
    private final Pacer pacer;
    private final StallWatchdog watchdog;
    private final long openedAt;
    private long movedAt;

    private PositionedStream(
            RecognitionStream stream,
            StreamStart start,
            SpeechRecognizer recognizer,
            TimeSource time,
            StreamMeter meter) {
        this.stream = stream;
        this.start = start;
        this.time = time;
        this.meter = meter;
        positions = new StreamPositions(start.position());
        pacer = new Pacer(recognizer.maximumSpeed(), time.nanoTime());
        // Longer each time: a stretch that the engine has nothing to say about is got past in the end.
        Duration patience = recognizer.stallTimeout().multipliedBy(1L << Math.min(start.failures(), MOST_DOUBLINGS));
        watchdog = new StallWatchdog(patience, time::nanoTime);
        openedAt = time.nanoTime();
        movedAt = openedAt;
    }

    /** @throws RecognitionException if the engine takes no stream now */
    static PositionedStream open(Upstreams shared, EngineOrder engines, RecognitionListener listener, StreamStart start)
            throws RecognitionException {
        SpeechRecognizer recognizer = engines.recognizer();
        RecognitionStream stream = recognizer.open(engines.request(), listener);
        StreamMeter meter = shared.minutes().meter(recognizer.leastBilled());
        return new PositionedStream(stream, start, recognizer, shared.time(), meter);
    }

    /** Sends what the stream takes now; the rest goes when it says that it has room, or with the next tick. */
    void feed(AudioWindow window) {
        ByteBuffer part = window.next();
        while (part.hasRemaining()) {
            int wanted = part.remaining();
            int taken = send(part);
            window.sent(taken);
            if (taken < wanted) {
                return;
            }
            part = window.next();
        }
    }

    /**
     * Sends as much as pace and engine allow, and advances the buffer past it.
     *
     * @return bytes taken; if some remain, the engine will say that it has room, or time will bring more allowance
     */
    int send(ByteBuffer part) {
        long now = time.nanoTime();
        int from = part.position();
        int allowed = Math.min(part.remaining(), pacer.allowance(now));
        int taken = stream.send(part.limit(from + allowed));
        watchdog.onSent(part, from);
        if (taken > 0) {
            movedAt = now;
            positions.sent(taken);
            pacer.sent(taken);
            meter.sent(taken);
        }
        return taken;
    }

    /** The audio before a position is lost: the next byte sent is the one at this position. */
    void jump(long position) {
        positions.jump(position);
    }

    void finish() {
        stream.finish();
        movedAt = time.nanoTime();
    }

    void abort() {
        stream.abort();
    }

    /** The engine said something. */
    void onEvent() {
        watchdog.onEvent();
        movedAt = time.nanoTime();
    }

    /** Whether the engine said nothing for long although somebody speaks. */
    boolean stalled() {
        return watchdog.stalled();
    }

    /** Whether neither audio went to the engine nor anything came back for so long. */
    boolean unmovedFor(Duration duration) {
        return time.nanoTime() - movedAt >= duration.toNanos();
    }

    Duration age() {
        return Duration.ofNanos(time.nanoTime() - openedAt);
    }

    /** @see RecognitionStream#replaceBy */
    Instant replaceBy() {
        return stream.replaceBy();
    }

    /** A moment of the stream in seconds of the client's audio. */
    double toClient(double seconds) {
        return positions.toClient(seconds);
    }

    /**
     * A result in seconds of the client's audio, without what was settled before the stream began; empty if nothing is
     * left.
     *
     * @param sent position behind the last byte sent: no time beyond is believed
     */
    Optional<RecognitionResult> toClient(RecognitionResult result, long sent) {
        double last = AudioFormat.seconds(sent);
        DoubleUnaryOperator toClient = seconds -> Math.min(positions.toClient(seconds), last);
        RecognitionResult mapped = new RecognitionResult(
                result.text(),
                toClient.applyAsDouble(result.start()),
                toClient.applyAsDouble(result.end()),
                result.words().stream().map(word -> toClient(word, toClient)).toList(),
                result.languageCode(),
                result.entities().stream()
                        .map(entity ->
                                entity.at(toClient.applyAsDouble(entity.start()), toClient.applyAsDouble(entity.end())))
                        .toList(),
                result.stableCharacters());
        return ReplayFilter.unsettled(mapped, start.settledSeconds());
    }

    /** Labels of speakers begin anew with each stream: the same one in two streams need not be the same person. */
    private Word toClient(Word word, DoubleUnaryOperator toClient) {
        return new Word(
                word.text(),
                toClient.applyAsDouble(word.start()),
                toClient.applyAsDouble(word.end()),
                word.confidence(),
                word.speaker().map(label -> start.number() + "-" + label));
    }
}
