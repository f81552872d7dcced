package dev.steno.session.attachment;

import dev.steno.session.SessionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Events that a client must not miss, kept for one that is away. Belongs to the session's worker. */
final class LastingEvents {
    /** Such events are rare; of more than these the oldest are forgotten. */
    private static final int MOST = 16;

    private final List<SessionEvent> events = new ArrayList<>();
    /** How many of them the client was sent. */
    private int told;

    static boolean isLasting(SessionEvent event) {
        return event instanceof SessionEvent.Saved
                || event instanceof SessionEvent.Problem
                || event instanceof SessionEvent.AudioDropped
                || event instanceof SessionEvent.Durability;
    }

    void add(SessionEvent event) {
        if (events.size() == MOST) {
            events.remove(0);
            told = Math.max(0, told - 1);
        }
        events.add(event);
    }

    /** What the client is to be sent next. */
    Optional<SessionEvent> next() {
        return told < events.size() ? Optional.of(events.get(told++)) : Optional.empty();
    }

    /** The client is another one, or came back: it is sent all of them. */
    void restart() {
        told = 0;
    }
}
