package dev.steno.access;

import dev.steno.caller.Caller;
import dev.steno.configuration.InvalidSettingException;
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
import java.util.regex.Pattern;

/** Decides who may open a recording. Thread-safe; asks nobody outside this JVM. */
@ApplicationScoped
public class AccessControl {
    /** The cookie that holds a ticket. */
    static final String COOKIE = "steno_ticket";

    private static final String BEARER = "bearer ";

    /** Headers that proxies add, also those that are not configured as trusted. */
    private static final List<String> PROXY_HEADERS = List.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via");

    /** RFC 9110, sections 5.1 and 5.6.2. */
    private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

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
    public AccessControl(Settings settings, TicketKey key) {
        this(settings, key, InstantSource.system());
    }

    AccessControl(Settings settings, TicketKey key, InstantSource clock) {
        proxies = new TrustedProxies(settings);
        origins = new OriginPolicy(settings);
        hosts = new HostPolicy(settings);
        mode = AuthMode.valueOf(settings.choice("AUTH_MODE", "none", "none", "token", "container")
                .toUpperCase(Locale.ROOT));
        identityHeader = headerName(settings);
        tokens = mode == AuthMode.TOKEN ? Optional.of(new BearerTokens(settings)) : Optional.empty();
        tickets = tokens.map(known -> new Tickets(key, known.fingerprint(), clock));
    }

    private static String headerName(Settings settings) {
        String name = settings.text("AUTH_HEADER", "X-Forwarded-User");
        if (!HEADER.matcher(name).matches()) {
            throw new InvalidSettingException("AUTH_HEADER", name, "the name of a header, such as X-Forwarded-User");
        }
        return name;
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

    /** Whether the caller is a program on this machine that uses an allowed name, and no proxy in between. */
    public boolean isFromThisMachine(HttpServletRequest request) {
        IncomingRequest incoming = incoming(request);
        return incoming.loopback()
                && refusal(incoming).isEmpty()
                && PROXY_HEADERS.stream().allMatch(header -> request.getHeader(header) == null);
    }

    /** @return the caller's name; the empty text with AUTH_MODE=none; nothing if the caller has to sign in first */
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
     * The caller whose limits count.
     *
     * @param identity from {@link #identity}; with AUTH_MODE=none the server may know a name all the same
     */
    public Caller caller(HttpServletRequest request, String identity) {
        Principal known = request.getUserPrincipal();
        String name = identity.isEmpty() && known != null ? known.getName() : identity;
        return new Caller(name, proxies.read(request).network());
    }

    /** @return a ticket for the bearer of a token; nothing for anybody else */
    Optional<String> ticket(HttpServletRequest request) {
        return bearer(request).flatMap(owner -> tickets.map(known -> known.issue(owner)));
    }

    private Optional<String> bearer(HttpServletRequest request) {
        return shownToken(request).flatMap(this::owner);
    }

    /** @return the bearer token that the caller shows, right or wrong; empty where tokens do not count */
    Optional<String> shownToken(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (mode != AuthMode.TOKEN
                || header == null
                || !header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return Optional.empty();
        }
        return Optional.of(header.substring(BEARER.length()).strip());
    }

    /** @return whose token of {@code AUTH_TOKENS} this is; empty with another {@code AUTH_MODE}, too */
    public Optional<String> owner(String token) {
        return tokens.flatMap(known -> known.owner(token));
    }

    /**
     * A browser may send several tickets, of Steno at another path of the same host among them: any valid one counts.
     */
    private Optional<String> ticketHolder(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return Arrays.stream(cookies == null ? new Cookie[0] : cookies)
                .filter(cookie -> cookie.getName().equals(COOKIE))
                .flatMap(cookie -> tickets.flatMap(known -> known.owner(cookie.getValue())).stream())
                .findFirst();
    }

    /** Of two names one may be the client's own, next to the proxy's: then the caller is unknown. */
    private Optional<String> forwardedIdentity(HttpServletRequest request) {
        if (!proxies.contains(request.getRemoteAddr())) {
            return Optional.empty();
        }
        List<String> names = Collections.list(request.getHeaders(identityHeader));
        return names.size() == 1 ? Optional.of(names.get(0)).filter(name -> !name.isBlank()) : Optional.empty();
    }
}
