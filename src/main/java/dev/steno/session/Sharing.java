package dev.steno.session;

import dev.steno.caller.Caller;
import dev.steno.transcript.SessionId;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Lets others read along with a recording. Called on the session's worker; implementations return at once and do not
 * throw. The results themselves reach the readers through {@link RecordingListener}.
 */
public interface Sharing {
    /** For servers on which nothing can be shared. */
    Sharing OFF = new Sharing() {};

    /** Options of {@code start} that concern readers. The engine never sees them. */
    Set<String> OPTIONS = Set.of("share", "room", "translate_to");

    /** @return why a recording cannot begin with these options of {@code start}; empty if it can */
    default Optional<String> refusal(Map<String, String> options) {
        return OPTIONS.stream()
                .filter(option -> options.containsKey(option) && !"false".equals(options.get(option)))
                .findFirst()
                .map(option -> option + " is not available: this server does not share recordings (SHARING=off).");
    }

    /** A recording began, with options that {@link #refusal} accepted. */
    default void onStarted(Recorder recorder, Map<String, String> options) {}

    /**
     * The client asks for a link, before the first audio or at any time after. It is answered with {@link
     * SessionEvent.Share}, or with a {@link SessionEvent.Problem}; again with the same link while that one is in force.
     *
     * @param room names a link that stays the same from one recording of this owner to the next
     */
    default void share(Recorder recorder, Optional<String> room) {
        recorder.answers()
                .accept(new SessionEvent.Problem(
                        ErrorCode.BAD_OPTION,
                        "This server does not share recordings (SHARING=off).",
                        false,
                        OptionalLong.empty()));
    }

    /** The links of a session end now. Nothing happens if it has none. */
    default void unshare(SessionId session) {}

    /** A session is over, whether it ever had a recording or not. */
    default void onClosed(SessionId session) {}

    /**
     * The one who records, as readers' links need to know it.
     *
     * @param base absolute address of Steno's root as this client reached it, without a slash at its end; empty if
     *     unknown
     * @param answers what the client is to be told; may be called by any thread, at any time
     */
    record Recorder(SessionId sessionId, Caller owner, String base, Consumer<SessionEvent> answers) {}
}
