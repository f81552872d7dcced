package dev.steno.protocol;

import dev.steno.audio.InputFormat;
import dev.steno.caller.Caller;
import dev.steno.session.CloseCode;
import dev.steno.session.ServiceDescription;
import dev.steno.session.SessionEvent;
import java.util.Map;
import java.util.Optional;

/** What a {@link Dialogue} may do: to its client on one side, to its session on the other. Nothing blocks. */
public interface DoorLink {
    /** What is taken as one message. */
    int MESSAGE_BYTES = 256 * 1024;

    /** Who the client is, as far as the handshake said so. */
    Caller caller();

    /** The first value of a parameter of the address. */
    Optional<String> query(String name);

    ServiceDescription description();

    /** The session's public name; empty before {@link #join}. */
    String sessionId();

    /** Sends a message to the client. */
    default void reply(String message) {
        reply(SocketWriter.Kind.LASTING, message);
    }

    /** Sends a message that may replace another one that waits. */
    void reply(SocketWriter.Kind kind, String message);

    /** Opens the session; only for a door whose clients say later who they are, and once. */
    void join(Caller owner);

    /** What the client will send from now on. Samples of the format before it that are not complete are dropped. */
    void format(InputFormat format);

    InputFormat format();

    /** Begins a recording with options, by name. Without this the first audio begins one with the defaults. */
    void start(Map<String, String> options);

    /** @param chunk in the client's format, cut anywhere */
    void audio(byte[] chunk);

    /** How much audio the session was given, in seconds. */
    double position();

    /** Settles what was said; {@link SessionEvent.Status} with {@code paused} follows. */
    void pause();

    /** No more audio comes; {@link Dialogue#onEnd} follows. */
    void stop();

    /** Closes the connection because of what the client did or did not say; what was recognised is archived. */
    void end(CloseCode code, String reason);
}
