package dev.steno.session.recording;

import dev.steno.recognition.RecognitionFailure;
import dev.steno.session.SessionEvent;
import dev.steno.session.SessionObserver;
import dev.steno.session.mailbox.TimeSource;

/** Tells the observer of one recording: how much audio came, and how long the words took. Belongs to the session's worker. */
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

    void onShown(SessionEvent event) {
        if (event instanceof SessionEvent.Partial partial) {
            observer.onResult(false, arrivals.age(partial.end(), time.nanoTime()));
        } else if (event instanceof SessionEvent.Final settled) {
            observer.onResult(true, arrivals.age(settled.segment().end(), time.nanoTime()));
        }
    }

    /** @param seconds of accepted audio that was lost */
    void onDropped(double seconds) {
        observer.onDropped(seconds);
    }

    void onFault(RecognitionFailure.Kind kind, boolean retried) {
        observer.onFault(kind, retried);
    }

    void onEnded(SessionObserver.Outcome outcome, long receivedBytes) {
        count(receivedBytes);
        observer.onEnded(outcome);
    }
}
