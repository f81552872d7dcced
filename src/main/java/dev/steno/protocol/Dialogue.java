package dev.steno.protocol;

import dev.steno.session.CloseCode;
import dev.steno.session.SessionEvent;

/**
 * What one client and one session say to each other, in the client's protocol. Calls come one at a time: by the
 * server's thread that read a message, by the session's worker, or from the node's clock. No method blocks or throws.
 */
public interface Dialogue {
    /** @param frame at most {@link DoorLink#MESSAGE_BYTES} characters */
    void onText(String frame);

    /** @param frame at most {@link DoorLink#MESSAGE_BYTES} bytes; the dialogue may keep it */
    void onBinary(byte[] frame);

    /** A message was longer than that, and dropped. */
    void onTooLarge(int length);

    void onEvent(SessionEvent event);

    /** Comes about once a second. */
    default void onTick() {}

    /** The session is over, and the connection closes: with what is queued here, the code and the reason. */
    void onEnd(CloseCode code, String reason);
}
