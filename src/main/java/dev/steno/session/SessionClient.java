package dev.steno.session;

import dev.steno.transcript.TranscriptSegment;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * The client of a session, which may be away for a while. Remembers what it must be told when it comes back. Belongs to
 * the session's worker.
 */
final class SessionClient {
    /** Such events are rare; of more than these the oldest are forgotten. */
    private static final int LASTING = 16;

    private final Queue<SessionEvent> lasting = new ArrayDeque<>();
    private final SessionObserver observer;
    private ClientChannel channel;
    private SessionEvent.Status status;
    private SessionEvent.Partial partial;

    /** @param observer hears of each problem once, even if the client is away or told again later */
    SessionClient(SessionObserver observer) {
        this.observer = observer;
    }

    boolean attached() {
        return channel != null;
    }

    /** Tells the client, now or when it comes back. Finals are kept elsewhere: {@link #catchUp}. */
    void send(SessionEvent event) {
        if (event instanceof SessionEvent.Status changed) {
            status = changed;
        } else if (event instanceof SessionEvent.Partial said) {
            partial = said;
        } else if (event instanceof SessionEvent.Final) {
            partial = null;
        } else if (isLasting(event)) {
            keep(event);
        }
        count(event);
        deliver(event);
    }

    /** Tells the client if it is there; later it would mean nothing. */
    void tell(SessionEvent event) {
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
        if (channel != null) {
            channel.send(event);
        }
    }

    void attach(ClientChannel newer) {
        channel = newer;
    }

    /** Brings a client that came back to where it would be, had it stayed. */
    void catchUp(List<TranscriptSegment> missed) {
        missed.forEach(segment -> deliver(new SessionEvent.Final(segment)));
        Optional.ofNullable(status).ifPresent(this::deliver);
        Optional.ofNullable(partial).ifPresent(this::deliver);
        lasting.forEach(this::deliver);
    }

    void keepAlive() {
        if (channel != null) {
            channel.keepAlive();
        }
    }

    void close(CloseCode code, String reason) {
        if (channel != null) {
            channel.close(code, reason);
            channel = null;
        }
    }

    /** The connection is gone. */
    void detach() {
        channel = null;
    }

    private static boolean isLasting(SessionEvent event) {
        return event instanceof SessionEvent.Saved
                || event instanceof SessionEvent.Problem
                || event instanceof SessionEvent.AudioDropped;
    }

    private void keep(SessionEvent event) {
        if (lasting.size() == LASTING) {
            lasting.remove();
        }
        lasting.add(event);
    }
}
