package dev.steno.session.node;

import dev.steno.caller.Caller;
import dev.steno.caller.Visit;
import dev.steno.quota.Quota;
import dev.steno.session.ClientChannel;
import dev.steno.session.CloseCode;
import dev.steno.session.ErrorCode;
import dev.steno.session.SessionEvent;
import dev.steno.session.mailbox.SessionThreads;
import dev.steno.session.mailbox.SessionWorker;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** The open connections of this node, those included whose session is over. Thread-safe. */
final class Connections {
    /** Between looks for clients that do not read, which are given 15 s. */
    private static final long LOOK_NANOS = 1_000_000_000L;

    private static final System.Logger LOG = System.getLogger(Connections.class.getName());

    private final Quota quota;
    private final Map<ClientChannel, Caller> open = new ConcurrentHashMap<>();
    private final SessionWorker watch;
    private long lookedAt;

    Connections(Quota quota, SessionThreads threads) {
        this.quota = quota;
        lookedAt = threads.time().nanoTime();
        watch = new SessionWorker(
                threads.executor(),
                1,
                fault -> LOG.log(System.Logger.Level.ERROR, "A connection could not be closed.", fault));
    }

    /** @return whether it may stay; else the client was told, and the channel closed */
    boolean enter(ClientChannel channel, Principal principal) {
        if (!(principal instanceof Visit) && !(principal instanceof Caller)) {
            channel.close(CloseCode.POLICY, "The handshake was not checked.");
            return false;
        }
        Caller caller = Caller.of(principal);
        Optional<String> refusal = quota.openConnection(caller);
        if (refusal.isPresent()) {
            channel.send(new SessionEvent.Problem(ErrorCode.BUSY, refusal.get(), true, OptionalLong.empty()));
            channel.close(CloseCode.TRY_AGAIN_LATER, ErrorCode.BUSY.wireName());
            return false;
        }
        open.put(channel, caller);
        return true;
    }

    void leave(ClientChannel channel) {
        Caller caller = open.remove(channel);
        if (caller != null) {
            quota.closeConnection(caller);
        }
    }

    /** Closes connections that are stuck. By one thread at a time, about ten times a second. */
    void tick(long now) {
        if (now - lookedAt >= LOOK_NANOS) {
            lookedAt = now;
            // Not here: a server that takes its time to close a socket would keep all sessions from theirs.
            watch.submitIfIdle(() -> open.keySet().forEach(ClientChannel::giveUpIfStuck));
        }
    }
}
