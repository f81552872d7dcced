package dev.steno.session.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.session.ClientChannel;
import dev.steno.session.CloseCode;
import dev.steno.session.ErrorCode;
import dev.steno.session.SessionConnection;
import dev.steno.session.SessionEvent;
import dev.steno.session.SessionEvent.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A connected client that keeps what it is sent. */
final class RecordedClient implements ClientChannel {
    private final List<SessionEvent> all = new ArrayList<>();
    private final BlockingQueue<CloseCode> closes = new LinkedBlockingQueue<>();
    final SessionConnection session;
    /** What the connection throws at each event. */
    Error fault;

    private int read;
    private int pings;
    int looks;
    boolean resumable = true;

    RecordedClient(Function<ClientChannel, SessionConnection> connect) {
        session = connect.apply(this);
    }

    @Override
    public synchronized void send(SessionEvent event) {
        if (fault != null) {
            throw fault;
        }
        all.add(event);
    }

    @Override
    public void close(CloseCode code, String reason) {
        closes.add(code);
    }

    @Override
    public boolean canResume() {
        return resumable;
    }

    @Override
    public synchronized void keepAlive() {
        pings++;
    }

    @Override
    public void giveUpIfStuck() {
        looks++;
    }

    synchronized int pings() {
        return pings;
    }

    synchronized List<SessionEvent> events() {
        return List.copyOf(all);
    }

    synchronized SessionEvent next() {
        return all.get(read++);
    }

    SessionEvent.Connected connected() {
        return (SessionEvent.Connected) next();
    }

    String token() {
        return ((SessionEvent.Connected) events().get(0)).resumeToken();
    }

    List<Integer> finals() {
        return events().stream()
                .filter(SessionEvent.Final.class::isInstance)
                .map(event -> ((SessionEvent.Final) event).segment().number())
                .toList();
    }

    Problem problem(ErrorCode code) {
        return events().stream()
                .filter(Problem.class::isInstance)
                .map(Problem.class::cast)
                .filter(problem -> problem.code() == code)
                .findFirst()
                .orElseThrow(() -> new AssertionError(code + " is not among " + events()));
    }

    CloseCode closed() {
        try {
            CloseCode code = closes.poll(10, TimeUnit.SECONDS);
            assertThat(code).as("closed in time").isNotNull();
            assertThat(closes).isEmpty();
            return code;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    boolean open() {
        return closes.isEmpty();
    }
}
