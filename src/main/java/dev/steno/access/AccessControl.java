package dev.steno.access;

import dev.steno.caller.Caller;
import dev.steno.configuration.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Decides who may open a recording. Thread-safe; asks nobody outside this JVM. */
@ApplicationScoped
public class AccessControl {
    /** The cookie that holds a ticket. */
    static final String COOKIE = "steno_ticket";

    private static final String BEARER = "bearer ";

    /** What proxies add, also those that nobody configured as trusted. */
    private static final List<String> PROXY_HEADERS = List.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via");

    private final TrustedProxies proxies;
    private final OriginPolicy origins;
    private final HostPolicy hosts;
    private final AuthMode mode;
    private final String identityHeader;
    private final Optional<BearerTokens> tokens;
    private final Optional<Tickets> tickets;

    /** For the container's proxy only. */
    protected AccessControl() {
        proxies = null;
        origins = null;
        hosts = null;
        mode = null;
        identityHeader = null;
        tokens = Optional.empty();
        tickets = Optional.empty();
    }

    @Inject
    public AccessControl(Settings settings) {
        this(settings, InstantSource.system());
    }

    AccessControl(Settings settings, InstantSource clock) {
        proxies = new TrustedProxies(settings);
        origins = new OriginPolicy(settings);
        hosts = new HostPolicy(settings);
        mode = AuthMode.valueOf(settings.choice("AUTH_MODE", "none", "none", "token", "container")
                .toUpperCase(Locale.ROOT));
        identityHeader = settings.text("AUTH_HEADER", "X-Forwarded-User");
        tokens = mode == AuthMode.TOKEN ? Optional.of(new BearerTokens(settings)) : Optional.empty();
        tickets = tokens.map(known -> new Tickets(known.deriveKey("ticket"), clock));
    }

    public AuthMode mode() {
        return mode;
    }

    /** The request as its caller made it, before proxies. */
    IncomingRequest incoming(HttpServletRequest request) {
        return proxies.read(request);
    }

    /** The path of Steno's root as the caller sees it, before proxies; without a slash at its end. */
    String path(HttpServletRequest request) {
        return proxies.path(request);
    }

    /** @return why the request may not come from where it comes from, or go where it goes; nothing if it may */
    Optional<String> refusal(IncomingRequest request) {
        if (!hosts.allows(request)) {
            return Optional.of("The host " + request.host() + " is not allowed. See ALLOWED_HOSTS.");
        }
        if (!origins.allows(request)) {
            return Optional.of("The origin " + request.origin().orElse("") + " is not allowed. See ALLOWED_ORIGINS.");
        }
        return Optional.empty();
    }

    /** Whether a program on this machine calls, by a name that is allowed here, and not somebody else through a proxy. */
    public boolean isFromThisMachine(HttpServletRequest request) {
        IncomingRequest incoming = incoming(request);
        return incoming.loopback()
                && refusal(incoming).isEmpty()
                && PROXY_HEADERS.stream().allMatch(header -> request.getHeader(header) == null);
    }

    /** @return who calls; the empty text where nobody is asked; nothing if the caller must say so first */
    public Optional<String> identity(HttpServletRequest request) {
        return switch (mode) {
            case NONE -> Optional.of("");
            case TOKEN -> bearer(request).or(() -> ticketHolder(request));
            case CONTAINER ->
                Optional.ofNullable(request.getUserPrincipal())
                        .map(Principal::getName)
                        .or(() -> forwardedIdentity(request));
        };
    }

    /**
     * Whose limits count.
     *
     * @param identity as {@link #identity} said; where nobody is asked, somebody may be known to the server all the same
     */
    public Caller caller(HttpServletRequest request, String identity) {
        Principal known = request.getUserPrincipal();
        String name = identity.isEmpty() && known != null ? known.getName() : identity;
        return new Caller(name, proxies.read(request).network());
    }

    /** @return a ticket for the bearer of a token */
    Optional<String> sellTicket(HttpServletRequest request) {
        return bearer(request).flatMap(owner -> tickets.map(office -> office.issue(owner)));
    }

    private Optional<String> bearer(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return Optional.empty();
        }
        return owner(header.substring(BEARER.length()).strip());
    }

    /** @return whose token of {@code AUTH_TOKENS} this is; empty with another {@code AUTH_MODE}, too */
    public Optional<String> owner(String token) {
        return tokens.flatMap(known -> known.owner(token));
    }

    private Optional<String> ticketHolder(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return Arrays.stream(cookies == null ? new Cookie[0] : cookies)
                .filter(cookie -> cookie.getName().equals(COOKIE))
                .findFirst()
                .flatMap(cookie -> tickets.flatMap(office -> office.owner(cookie.getValue())));
    }

    /** Of two names one may be the client's own, beside which the proxy put its: then nobody is known. */
    private Optional<String> forwardedIdentity(HttpServletRequest request) {
        if (!proxies.contains(request.getRemoteAddr())) {
            return Optional.empty();
        }
        List<String> names = Collections.list(request.getHeaders(identityHeader));
        return names.size() == 1 ? Optional.of(names.get(0)).filter(name -> !name.isBlank()) : Optional.empty();
    }
}
