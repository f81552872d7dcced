package dev.steno.library;

import dev.steno.access.AccessControl;
import dev.steno.access.AuthMode;
import dev.steno.access.RestFilter;
import dev.steno.caller.Caller;
import dev.steno.configuration.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Decides who may see which transcripts. */
@ApplicationScoped
public class LibraryAccess {
    private static final String LIBRARY = "LIBRARY";
    private static final String LIBRARY_ACCESS = "LIBRARY_ACCESS";

    private final AccessControl access;
    private final String library;
    private final boolean open;

    protected LibraryAccess() { // for the container's proxy
        access = null;
        library = null;
        open = false;
    }

    @Inject
    public LibraryAccess(Settings settings, AccessControl access) {
        this.access = access;
        library = settings.choice(LIBRARY, access.mode() == AuthMode.NONE ? "all" : "own", "off", "own", "all");
        open = settings.choice(LIBRARY_ACCESS, "local", "local", "open").equals("open");
    }

    /** What a caller may see. */
    public record Scope(Optional<String> owner) {
        boolean sees(Optional<String> ownerOfTranscript) {
            return owner.isEmpty() || owner.equals(ownerOfTranscript);
        }
    }

    /** Whether there is a library at all. */
    public boolean isOn() {
        return !library.equals("off");
    }

    /** A line for the log. */
    public String summary() {
        if (!isOn()) {
            return "LIBRARY=off: transcripts cannot be read through this server.";
        }
        if (access.mode() == AuthMode.NONE) {
            return open
                    ? "LIBRARY_ACCESS=open: everyone who can reach this server may read and edit all transcripts."
                    : "LIBRARY_ACCESS=local: programs and browsers on this machine may read and edit all transcripts.";
        }
        return library.equals("own")
                ? "LIBRARY=own: callers may read and edit their own transcripts."
                : "LIBRARY=all: every caller who is known may read and edit all transcripts.";
    }

    /** Whether it is worth a caller's while to ask; it may still have to sign in. */
    public boolean isOpenTo(HttpServletRequest request) {
        return isOn() && (access.mode() != AuthMode.NONE || open || access.isFromThisMachine(request));
    }

    /** @throws Problem if this caller may see nothing */
    public Scope scope(HttpServletRequest request) {
        if (!isOn()) {
            throw new Problem(404, "Not Found", "This server has no library (LIBRARY=off).");
        }
        if (access.mode() == AuthMode.NONE) { // nobody is asked for a name, so nobody has recordings of his own
            if (!open && !access.isFromThisMachine(request)) {
                throw Problem.forbidden("Without sign-in the library is for programs and browsers on the server's own"
                        + " machine. See AUTH_MODE and LIBRARY_ACCESS.");
            }
            return new Scope(Optional.empty());
        }
        Caller caller = (Caller) request.getAttribute(RestFilter.CALLER);
        return new Scope(library.equals("all") ? Optional.empty() : Optional.of(caller.identity()));
    }
}
