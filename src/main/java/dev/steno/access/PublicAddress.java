package dev.steno.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/**
 * The address under which a caller reaches Steno, for links that are passed on to others: scheme and host as a trusted
 * proxy reports them, then {@code X-Forwarded-Prefix} of that proxy or else the context path. A connection that {@link
 * HandshakeFilter} let in carries it in its {@link dev.steno.caller.Visit}.
 */
@ApplicationScoped
public class PublicAddress {
    /** A header may hold anything; a link must not. */
    private static final Pattern HOST = Pattern.compile("[a-z0-9._-]+(:[0-9]{1,5})?|\\[[0-9a-f:.]+\\](:[0-9]{1,5})?");

    private final AccessControl access;

    /** For the container's proxy only. */
    protected PublicAddress() {
        access = null;
    }

    @Inject
    public PublicAddress(AccessControl access) {
        this.access = access;
    }

    /**
     * @return absolute and without a slash at its end: {@code https://example.org/steno}, or {@code
     * https://example.org}
     */
    public String base(HttpServletRequest request) {
        IncomingRequest incoming = access.incoming(request);
        String scheme = incoming.secure() ? "https" : "http";
        String host = HOST.matcher(incoming.host()).matches()
                ? incoming.host()
                : request.getServerName() + ":" + request.getServerPort();
        return scheme + "://" + withoutUsualPort(scheme, host) + access.path(request);
    }

    /** The path of Steno's root as the caller sees it, without a slash at its end. */
    public String path(HttpServletRequest request) {
        return access.path(request);
    }

    private static String withoutUsualPort(String scheme, String host) {
        String usual = scheme.equals("https") ? ":443" : ":80";
        return host.endsWith(usual) ? host.substring(0, host.length() - usual.length()) : host;
    }
}
