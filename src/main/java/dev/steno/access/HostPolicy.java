package dev.steno.access;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names under which Steno accepts requests. A page whose owner points its name at this machine (DNS rebinding) has
 * the same origin as Steno; only the name tells them apart.
 */
final class HostPolicy {
    private static final String KEY = "ALLOWED_HOSTS";

    /** A name or address, an IPv6 one in brackets, with a port or without. */
    private static final Pattern HOST =
            Pattern.compile("([a-z0-9]([a-z0-9._-]*[a-z0-9])?|\\[[0-9a-f:.]+\\])(:[0-9]{1,5})?");

    /** What a browser on this machine calls this machine. */
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> allowed;

    HostPolicy(Settings settings) {
        allowed = settings.words(KEY, "");
        for (String host : allowed) {
            if (!HOST.matcher(host).matches()) {
                throw new InvalidSettingException(
                        KEY, host, "a comma-separated list of hosts, such as steno.example.com,10.0.0.7:8080,[::1]");
            }
        }
    }

    /**
     * With no ALLOWED_HOSTS, any Host is accepted from other machines; requests from this machine must use localhost or
     * a loopback address.
     */
    boolean allows(IncomingRequest request) {
        if (allowed.isEmpty()) {
            return !request.loopback() || LOCAL.contains(request.hostName());
        }
        return allowed.contains(request.host()) || allowed.contains(request.hostName());
    }
}
