package dev.steno.access;

import dev.steno.configuration.Settings;
import java.util.Set;

/**
 * Under which names Steno answers a handshake. A page whose name its owner points at this machine (DNS rebinding) has the same
 * origin as Steno; only the name gives it away.
 */
final class HostPolicy {
    /** What a browser on this machine calls this machine. */
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> allowed;

    HostPolicy(Settings settings) {
        allowed = settings.words("ALLOWED_HOSTS", "");
    }

    /** Without a list every name is good, except that who comes from this machine must call it by its own. */
    boolean allows(IncomingRequest request) {
        if (allowed.isEmpty()) {
            return !request.loopback() || LOCAL.contains(request.hostName());
        }
        return allowed.contains(request.host()) || allowed.contains(request.hostName());
    }
}
