package dev.steno.session.attachment;

import dev.steno.session.ClientChannel;
import dev.steno.session.CloseCode;
import dev.steno.session.SessionEvent;
import dev.steno.session.SessionObserver;
import dev.steno.transcript.TranscriptSegment;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;

/**
 * Brings the events of a session to its client, which may be away for a while or read slowly. Finals are not queued: a
 * cursor says which one is next, so a client that has none of thousands is sent them as it reads. Belongs to the
 * session's worker.
 */
public final class Delivery {
    /** Taken from the recording at a time. */
    private static final int FINALS = 32;

    private final LastingEvents lasting = new LastingEvents();
    private final SessionObserver observer;
    private final Executor worker;

    /** The finals that may be shown, from a number on. */
    private IntFunction<List<TranscriptSegment>> finals = from -> List.of();

    private ClientChannel channel;
    private int cursor;

    /** Whether finals come first: what else there is waits. */
    private boolean behind;

    private SessionEvent.Status status;
    private SessionEvent.Partial partial;
    /** What waits for finals, and is of no use to a client that comes back later. */
    private SessionEvent.Progress progress;

    private Runnable close;

    /**
     * @param observer hears of each problem once, even if the client is away or told again later
     * @param worker of the session
     */
    public Delivery(SessionObserver observer, Executor worker) {
        this.observer = observer;
        this.worker = worker;
    }

    /** @param source the finals that may be shown, from a number on */
    public void finals(IntFunction<List<TranscriptSegment>> source) {
        finals = source;
    }

    public boolean attached() {
        return channel != null;
    }

    /** Tells the client, now or when it comes back. */
    public void send(SessionEvent event) {
        if (event instanceof SessionEvent.Status changed) {
            status = changed;
        } else if (event instanceof SessionEvent.Partial said) {
            partial = said;
        } else if (event instanceof SessionEvent.Final) {
            partial = null;
            deliverFinals();
            return;
        }
        count(event);
        if (LastingEvents.isLasting(event)) {
            lasting.add(event);
            deliverLasting();
        } else {
            deliver(event);
        }
    }

    /** Tells the client if it is there; later it would mean nothing. */
    public void tell(SessionEvent event) {
        if (channel != null) {
            count(event);
            channel.send(event);
        }
    }

    private void count(SessionEvent event) {
        if (event instanceof SessionEvent.Problem problem) {
            observer.onProblem(problem.code());
        }
    }

    private void deliver(SessionEvent event) {
        if (channel != null && !behind) {
            channel.send(event);
        } else if (channel != null && event instanceof SessionEvent.Progress newest) {
            progress = newest;
        }
    }

    private void deliverLasting() {
        if (channel != null && !behind) {
            for (Optional<SessionEvent> next = lasting.next(); next.isPresent(); next = lasting.next()) {
                channel.send(next.get());
            }
        }
    }

    void attach(ClientChannel newer) {
        channel = newer;
        channel.onRoom(() -> worker.execute(this::deliverFinals));
    }

    /**
     * Brings a client that came back to where it would be, had it stayed.
     *
     * @param held finals that it has
     */
    public void catchUp(int held) {
        cursor = Math.min(held, finals.apply(0).size());
        lasting.restart();
        progress = null;
        behind = true;
        deliverFinals();
    }

    /** As many as the connection has room for; it says when there is more. */
    private void deliverFinals() {
        while (channel != null) {
            List<TranscriptSegment> next =
                    finals.apply(cursor).stream().limit(FINALS).toList();
            if (next.isEmpty()) {
                deliverRest();
                return;
            }
            if (channel.congested()) {
                behind = true;
                return;
            }
            next.forEach(segment -> channel.send(new SessionEvent.Final(segment)));
            cursor += next.size();
        }
    }

    private void deliverRest() {
        if (behind) {
            behind = false;
            deliverIfAny(status);
            deliverIfAny(partial);
            deliverIfAny(progress);
            deliverLasting();
        }
        if (close != null) {
            close.run();
        }
    }

    private void deliverIfAny(SessionEvent event) {
        if (event != null) {
            deliver(event);
        }
    }

    void keepAlive() {
        if (channel != null) {
            channel.keepAlive();
        }
    }

    /** Closes the connection, after the finals that the client has to be sent. */
    public void close(CloseCode code, String reason) {
        if (channel != null && behind) {
            close = () -> closeNow(code, reason);
        } else {
            closeNow(code, reason);
        }
    }

    /** Closes the connection, whatever it was not sent yet. */
    void closeNow(CloseCode code, String reason) {
        if (channel != null) {
            channel.close(code, reason);
            detach();
        }
    }

    /** The connection is gone. */
    void detach() {
        channel = null;
        close = null;
    }
}
