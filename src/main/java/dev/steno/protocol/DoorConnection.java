package dev.steno.protocol;

import dev.steno.audio.AudioConverter;
import dev.steno.audio.InputFormat;
import dev.steno.caller.Caller;
import dev.steno.quota.LeakyBucket;
import dev.steno.session.ClientChannel;
import dev.steno.session.CloseCode;
import dev.steno.session.ServiceDescription;
import dev.steno.session.SessionConnection;
import dev.steno.session.SessionEvent;
import dev.steno.session.TranscriptionSessions;
import dev.steno.transcript.AudioFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A client of a {@link Door}: its socket, its dialogue, its session. Whatever ends the socket ends the recording,
 * because these clients cannot resume. The lock makes one order of what the client, the session and the clock say;
 * nothing waits while it is held.
 */
final class DoorConnection implements ClientChannel, DoorLink {
    /** As at {@code /ws}: 500 messages a second in the long run, and 10 s of them at once. */
    private static final long NANOS_PER_MESSAGE = 2_000_000;

    private static final int MESSAGES_AHEAD = 5_000;

    private static final System.Logger LOG = System.getLogger(DoorConnection.class.getName());

    private final Door door;
    private final DoorClient client;
    private final SocketWriter socket;
    private final TranscriptionSessions sessions;
    private final DoorObserver observer;
    private final LeakyBucket messages = new LeakyBucket(NANOS_PER_MESSAGE, System.nanoTime());

    private Dialogue dialogue;
    /** Null before {@link #join}, and after a refusal. */
    private SessionConnection session;

    private AudioConverter converter = new AudioConverter(InputFormat.NATIVE);
    private long deliveredBytes;
    private boolean recordingBegan;
    private boolean over;

    DoorConnection(Door door, DoorClient client, TranscriptionSessions sessions, DoorObserver observer) {
        this.door = door;
        this.client = client;
        this.socket = client.socket();
        this.sessions = sessions;
        this.observer = observer;
    }

    /** Begins the dialogue, unless the caller has too many connections. */
    synchronized void open() {
        observer.onConnection(door.name());
        dialogue = door.open(this);
        if (sessions.enter(this, client.caller()) && !door.identifiesLater()) {
            join(client.caller());
        }
    }

    @Override
    public void join(Caller owner) {
        session = sessions.open(this, owner);
    }

    synchronized void text(String frame) {
        if (mayGoOn()) {
            if (frame.length() > MESSAGE_BYTES) {
                dialogue.onTooLarge(frame.length());
            } else {
                dialogue.onText(frame);
            }
        }
    }

    synchronized void binary(byte[] frame) {
        if (mayGoOn()) {
            if (frame.length > MESSAGE_BYTES) {
                dialogue.onTooLarge(frame.length);
            } else {
                dialogue.onBinary(frame);
            }
        }
    }

    private boolean mayGoOn() {
        if (!over && messages.add(1, System.nanoTime()) > MESSAGES_AHEAD) {
            end(CloseCode.POLICY, "More than 500 messages a second came.");
        }
        return !over && (session != null || door.identifiesLater());
    }

    synchronized void alive() {
        if (session != null) {
            session.alive();
        }
    }

    /** The socket is closed. */
    synchronized void gone() {
        over = true;
        socket.gone();
        sessions.leave(this);
        if (session != null) {
            drain();
            session.closed();
        }
    }

    @Override
    public Caller caller() {
        return client.caller();
    }

    @Override
    public Optional<String> query(String name) {
        return client.query().getOrDefault(name, List.of()).stream().findFirst();
    }

    @Override
    public ServiceDescription description() {
        return sessions.description();
    }

    @Override
    public String sessionId() {
        return session == null ? "" : session.sessionId().toString();
    }

    @Override
    public void reply(SocketWriter.Kind kind, String message) {
        socket.send(kind, message);
    }

    @Override
    public void format(InputFormat format) {
        if (!format.equals(converter.format())) {
            drain();
            converter = new AudioConverter(format);
        }
    }

    @Override
    public InputFormat format() {
        return converter.format();
    }

    @Override
    public void start(Map<String, String> options) {
        session.start(options);
    }

    @Override
    public void audio(byte[] chunk) {
        deliver(converter.convert(chunk));
    }

    @Override
    public double position() {
        return AudioFormat.seconds(deliveredBytes);
    }

    @Override
    public void pause() {
        session.pause();
    }

    @Override
    public void stop() {
        drain();
        session.stop();
    }

    @Override
    public void end(CloseCode code, String reason) {
        over = true;
        if (session != null) {
            drain();
            session.stop();
        }
        socket.close(code.number(), reason);
    }

    private void drain() {
        deliver(converter.drain());
        converter = new AudioConverter(converter.format());
    }

    private void deliver(byte[] pcm) {
        if (pcm.length > 0) {
            deliveredBytes += pcm.length;
            session.audio(pcm);
        }
    }

    @Override
    public synchronized void send(SessionEvent event) {
        if (!over) {
            count(event);
            dialogue.onEvent(event);
        }
    }

    private void count(SessionEvent event) {
        if (event instanceof SessionEvent.Problem problem) {
            observer.onProblem(door.name(), problem.code());
            LOG.log(
                    System.Logger.Level.INFO,
                    "Door {0}, session {1}: {2}. {3}",
                    door.name(),
                    sessionId(),
                    problem.code().wireName(),
                    problem.message());
        } else if (event instanceof SessionEvent.Status && !recordingBegan) {
            recordingBegan = true;
            observer.onRecording(door.name());
            LOG.log(System.Logger.Level.INFO, "Recording {0} comes through the door {1}.", sessionId(), door.name());
        }
    }

    @Override
    public synchronized void close(CloseCode code, String reason) {
        if (!over) {
            over = true;
            dialogue.onEnd(code, reason);
            socket.close(code.number(), reason);
        }
    }

    @Override
    public boolean canResume() {
        return false;
    }

    @Override
    public void keepAlive() {
        socket.keepAlive();
    }

    @Override
    public boolean congested() {
        return socket.congested();
    }

    @Override
    public void onRoom(Runnable task) {
        socket.onRoom(task);
    }

    @Override
    public void giveUpIfStuck() {
        socket.giveUpIfStuck();
        tick();
    }

    private synchronized void tick() {
        if (!over) {
            dialogue.onTick();
        }
    }
}
