package dev.steno.protocol.telephony;

import dev.steno.protocol.Dialogue;
import dev.steno.protocol.DoorLink;
import dev.steno.protocol.Languages;
import dev.steno.session.CloseCode;
import dev.steno.session.ErrorCode;
import dev.steno.session.SessionEvent;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A call that is recorded and told nothing: these systems send audio and expect no words. What is wrong is said by
 * the code and the reason with which the connection closes.
 */
abstract class CallDialogue implements Dialogue {
    static final String LANGUAGE = "language_code";

    final DoorLink link;

    CallDialogue(DoorLink link) {
        this.link = link;
    }

    /**
     * Begins the recording.
     *
     * @param wanted options by name; those that the engine does not know are somebody else's, and left out
     */
    final void start(Map<String, String> wanted) {
        Map<String, String> options = new TreeMap<>(wanted);
        options.keySet().retainAll(link.description().options());
        Optional<String> language = Optional.ofNullable(wanted.get(LANGUAGE)).filter(code -> !code.isEmpty());
        if (language.isPresent()) {
            Optional<String> known = Languages.find(language.get(), link.description());
            if (known.isEmpty()) {
                refuse("The " + LANGUAGE + " is none that this server knows.");
                return;
            }
            options.put(LANGUAGE, known.get());
        }
        if (!options.isEmpty()) {
            link.start(options);
        }
    }

    /** The client sent what its protocol does not allow. */
    final void refuse(String reason) {
        link.end(CloseCode.POLICY, reason);
    }

    @Override
    public void onTooLarge(int length) {
        refuse("A message of " + length + " bytes came; at most " + DoorLink.MESSAGE_BYTES + " are taken.");
    }

    @Override
    public void onEvent(SessionEvent event) {
        if (event instanceof SessionEvent.Problem problem
                && (problem.code() == ErrorCode.BAD_OPTION || problem.code() == ErrorCode.UNSUPPORTED_LANGUAGE)) {
            refuse(problem.message());
        }
    }

    @Override
    public void onEnd(CloseCode code, String reason) {}
}
