package dev.steno.access;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whose pages may open a recording: Steno's own, and those that are allowed by name. Browsers let every page connect to
 * every WebSocket and only say, in {@code Origin}, which page it is (RFC 6455, section 10.2).
 */
final class OriginPolicy {
    private static final String KEY = "ALLOWED_ORIGINS";
    private static final String ANY = "*";

    private final Set<String> allowed = new TreeSet<>();

    OriginPolicy(Settings settings) {
        for (String origin : settings.list(KEY)) {
            allowed.add(origin.equals(ANY) ? ANY : normal(configured(origin)));
        }
    }

    boolean allows(IncomingRequest request) {
        return request.origin().isEmpty()
                || allowed.contains(ANY)
                || allows(request.origin().get(), request);
    }

    private boolean allows(String origin, IncomingRequest request) {
        try {
            URI uri = parse(origin);
            return uri.getHost() != null && (allowed.contains(normal(uri)) || sameOrigin(uri, request));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /**
     * A proxy that ends TLS may not say so: a page by https counts as the same origin then, too, but never the reverse.
     */
    private static boolean sameOrigin(URI origin, IncomingRequest request) throws URISyntaxException {
        boolean https = "https".equalsIgnoreCase(origin.getScheme());
        if (request.secure() && !https) {
            return false;
        }
        String scheme = https ? "https" : "http";
        return !request.host().isEmpty()
                && normal(origin).equals(normal(parse(scheme + "://" + encoded(request.host()))));
    }

    /** A header may hold anything; what is no host must not be taken for a URI's syntax. */
    private static String encoded(String host) {
        return host.matches("[a-z0-9.:\\[\\]_-]+") ? host : "invalid";
    }

    /**
     * The JDK's parser meets numbers that are too long, in IPv4 parts of IPv6 addresses, with an unchecked exception.
     */
    private static URI parse(String text) throws URISyntaxException {
        try {
            return new URI(text);
        } catch (NumberFormatException e) {
            URISyntaxException refused = new URISyntaxException(text, "An address has a number that is too long");
            refused.initCause(e);
            throw refused;
        }
    }

    private static String normal(URI origin) {
        String scheme = String.valueOf(origin.getScheme()).toLowerCase(Locale.ROOT);
        String host = String.valueOf(origin.getHost()).toLowerCase(Locale.ROOT);
        int port = origin.getPort();
        boolean usual = port == -1 || port == (scheme.equals("https") ? 443 : 80);
        return scheme + "://" + host + (usual ? "" : ":" + port);
    }

    private static URI configured(String origin) {
        String allowed =
                "a comma-separated list of origins, such as https://app.example.com,http://localhost:3000, or *";
        try {
            URI uri = parse(origin);
            boolean bare = uri.getHost() != null && uri.getPath().isEmpty() && uri.getQuery() == null;
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (bare && Set.of("http", "https").contains(scheme)) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new InvalidSettingException(KEY, origin, allowed, e);
        }
        throw new InvalidSettingException(KEY, origin, allowed);
    }
}
