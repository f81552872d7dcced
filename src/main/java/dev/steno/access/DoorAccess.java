package dev.steno.access;

import dev.steno.configuration.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;

/**
 * How clients of other products' protocols say who they are: each by the means that its product has. All of them may
 * also send {@code Authorization: Bearer}. Thread-safe.
 */
@ApplicationScoped
public class DoorAccess {
    static final String VOSK = "/vosk";
    static final String OPENAI = "/v1/realtime";
    static final String TWILIO = "/telephony/twilio";
    static final String ASTERISK = "/telephony/asterisk";
    static final String FORK = "/telephony/fork";
    static final String JAMBONZ_STT = "/telephony/jambonz-stt";

    /** What OpenAI's library for browsers, which can set no headers, writes before the key among its subprotocols. */
    private static final String SUBPROTOCOL_KEY = "openai-insecure-api-key.";

    private static final String BASIC = "basic ";

    private final AccessControl access;
    private final PublicAddress address;
    private final TwilioSignature twilio;
    private final boolean queryToken;

    /** For the container's proxy only. */
    protected DoorAccess() {
        access = null;
        address = null;
        twilio = null;
        queryToken = false;
    }

    @Inject
    public DoorAccess(Settings settings, AccessControl access, PublicAddress address) {
        this.access = access;
        this.address = address;
        twilio = new TwilioSignature(settings);
        queryToken = queryToken(settings);
    }

    static boolean queryToken(Settings settings) {
        return settings.flag("AUTH_QUERY_TOKEN", false);
    }

    /** @return why not; empty if the handshake may go on to the question who calls */
    Optional<String> refusal(HttpServletRequest request) {
        boolean forged = path(request).equals(TWILIO) && !twilio.isValid(request, address.base(request) + TWILIO);
        return forged
                ? Optional.of("The signature is not Twilio's for this address. See TWILIO_AUTH_TOKEN.")
                : Optional.empty();
    }

    /** As {@link AccessControl#identity}. Twilio's clients are nobody until their first message names a token. */
    Optional<String> identity(HttpServletRequest request) {
        return access.identity(request)
                .or(() -> secret(request).flatMap(access::owner))
                .or(() -> identifiesLater(request) ? Optional.of("") : Optional.empty());
    }

    /** As {@link AccessControl#shownToken}. */
    Optional<String> shownToken(HttpServletRequest request) {
        return access.shownToken(request)
                .or(() -> access.mode() == AuthMode.TOKEN ? secret(request) : Optional.empty());
    }

    private boolean identifiesLater(HttpServletRequest request) {
        return access.mode() == AuthMode.TOKEN && path(request).equals(TWILIO);
    }

    private Optional<String> secret(HttpServletRequest request) {
        return switch (path(request)) {
            case VOSK -> queryToken ? Optional.ofNullable(request.getParameter("access_token")) : Optional.empty();
            case OPENAI -> subprotocolKey(request);
            case ASTERISK, FORK, JAMBONZ_STT -> password(request);
            default -> Optional.empty();
        };
    }

    private static Optional<String> subprotocolKey(HttpServletRequest request) {
        return Collections.list(request.getHeaders("Sec-WebSocket-Protocol")).stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .filter(name -> name.startsWith(SUBPROTOCOL_KEY))
                .map(name -> name.substring(SUBPROTOCOL_KEY.length()))
                .findFirst();
    }

    /** The token is the password; the user's name, which these products demand, may be anything. */
    private static Optional<String> password(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(BASIC)) {
            return Optional.empty();
        }
        try {
            byte[] decoded =
                    Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
            String pair = new String(decoded, StandardCharsets.UTF_8);
            return Optional.of(pair.substring(pair.indexOf(':') + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String path(HttpServletRequest request) {
        return request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
    }
}
