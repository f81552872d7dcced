package dev.steno.session.recording;

import dev.steno.recognition.RecognitionFailure;
import dev.steno.session.SessionEvent;
import dev.steno.session.SessionObserver;
import dev.steno.session.mailbox.TimeSource;
import dev.steno.transcript.TranscriptSegment;

/**
 * Tells the observer of one recording: how much audio came, and how long the words took. Belongs to the session's
 * worker.
 */
final class RecordingWatch {
    private final SessionObserver observer;
    private final TimeSource time;
    private final ArrivalTimes arrivals;
    private long countedBytes;

    RecordingWatch(SessionObserver observer, TimeSource time) {
        this.observer = observer;
        this.time = time;
        arrivals = new ArrivalTimes(time.nanoTime());
        observer.onStarted();
    }

    /** @param position bytes accepted before these */
    void onAudio(long position, int bytes, long now) {
        arrivals.add(position, bytes, now);
    }

    /** What is counted once in a while costs nothing with each chunk. */
    void count(long receivedBytes) {
        observer.onAudio(receivedBytes - countedBytes);
        countedBytes = receivedBytes;
    }

    /** @param engine in use; a final says itself whose it is */
    void onShown(String engine, SessionEvent event) {
        if (event instanceof SessionEvent.Partial partial) {
            observer.onResult(engine, false, arrivals.age(partial.end(), time.nanoTime()));
        } else if (event instanceof SessionEvent.Final settled) {
            TranscriptSegment segment = settled.segment();
            observer.onResult(segment.engine().orElse(engine), true, arrivals.age(segment.end(), time.nanoTime()));
        }
    }

    /** @param seconds of accepted audio that was lost */
    void onDropped(double seconds) {
        observer.onDropped(seconds);
    }

    void onFault(String engine, RecognitionFailure.Kind kind, boolean retried) {
        observer.onFault(engine, kind, retried);
    }

    void onEnded(SessionObserver.Outcome outcome, long receivedBytes) {
        count(receivedBytes);
        observer.onEnded(outcome);
    }
}
