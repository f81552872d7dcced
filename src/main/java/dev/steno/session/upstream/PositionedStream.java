package dev.steno.session.upstream;

import dev.steno.quota.DailyMinutes;
import dev.steno.quota.StreamMeter;
import dev.steno.recognition.RecognitionException;
import dev.steno.recognition.RecognitionListener;
import dev.steno.recognition.RecognitionRequest;
import dev.steno.recognition.RecognitionResult;
import dev.steno.recognition.RecognitionStream;
import dev.steno.recognition.SpeechRecognizer;
import dev.steno.session.mailbox.TimeSource;
import dev.steno.transcript.Word;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;

/**
 * One stream to the engine that knows where in the client's audio it is: paces what is sent, and brings the engine's times,
 * which begin at 0 with each stream, to positions in the client's audio. Belongs to the session's worker.
 */
final class PositionedStream {
    private final RecognitionStream stream;
    private final StreamPositions positions;
    private final Pacer pacer;
    private final StreamMeter meter;
    private final int number;
    private final long openedAt;

    /**
     * @param position of the first byte that will be sent
     * @param number of the stream within its recording, from 1
     * @param minutes what it costs is counted there
     * @param now the moment of opening, as {@link TimeSource#nanoTime}
     * @throws RecognitionException if the engine takes no stream now
     */
    PositionedStream(
            SpeechRecognizer recognizer,
            RecognitionRequest request,
            RecognitionListener listener,
            long position,
            int number,
            DailyMinutes minutes,
            long now)
            throws RecognitionException {
        positions = new StreamPositions(position);
        pacer = new Pacer(recognizer.maximumSpeed(), now);
        stream = recognizer.open(request, listener);
        meter = minutes.meter(recognizer.leastBilled());
        this.number = number;
        openedAt = now;
    }

    /**
     * Sends as much as pace and engine allow, and advances the buffer past it.
     *
     * @return bytes taken; if some remain, the engine will say that it has room, or time will bring more allowance
     */
    int send(ByteBuffer part, long now) {
        int allowed = Math.min(part.remaining(), pacer.allowance(now));
        int taken = stream.send(part.limit(part.position() + allowed));
        positions.sent(taken);
        pacer.sent(taken);
        meter.sent(taken);
        return taken;
    }

    /** The audio before a position is lost: the next byte sent is the one at this position. */
    void jump(long position) {
        positions.jump(position);
    }

    void finish() {
        stream.finish();
    }

    void abort() {
        stream.abort();
    }

    Duration age(long now) {
        return Duration.ofNanos(now - openedAt);
    }

    /** @see RecognitionStream#replaceBy */
    Instant replaceBy() {
        return stream.replaceBy();
    }

    /** The result in seconds of the client's audio. */
    RecognitionResult toClient(RecognitionResult result) {
        return new RecognitionResult(
                result.text(),
                positions.toClient(result.start()),
                positions.toClient(result.end()),
                result.words().stream().map(this::toClient).toList(),
                result.languageCode(),
                result.entities().stream()
                        .map(entity -> entity.at(positions.toClient(entity.start()), positions.toClient(entity.end())))
                        .toList());
    }

    /** Labels of speakers begin anew with each stream: the same one in two streams need not be the same person. */
    private Word toClient(Word word) {
        return new Word(
                word.text(),
                positions.toClient(word.start()),
                positions.toClient(word.end()),
                word.confidence(),
                word.speaker().map(label -> number + "-" + label));
    }
}
