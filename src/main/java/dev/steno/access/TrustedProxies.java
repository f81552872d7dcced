package dev.steno.access;

import dev.steno.configuration.Settings;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;

/** The proxies of {@code TRUSTED_PROXIES}: the {@code X-Forwarded-} headers count from them only. */
final class TrustedProxies {
    private static final String KEY = "TRUSTED_PROXIES";

    private final List<AddressRange> ranges;

    TrustedProxies(Settings settings) {
        ranges = settings.list(KEY).stream()
                .map(text -> AddressRange.configured(KEY, text))
                .toList();
    }

    /** The request as its caller made it. */
    IncomingRequest read(HttpServletRequest request) {
        Optional<String> origin = Optional.ofNullable(request.getHeader("Origin"));
        if (!contains(request.getRemoteAddr())) {
            boolean loopback =
                    AddressRange.isLoopback(request.getRemoteAddr()) && AddressRange.isLoopback(request.getLocalAddr());
            return new IncomingRequest(request.getRemoteAddr(), loopback, request.isSecure(), host(request), origin);
        }
        ForwardedHeaders forwarded = new ForwardedHeaders(request);
        return new IncomingRequest(
                caller(forwarded).orElse(request.getRemoteAddr()),
                false,
                forwarded.secure().orElseGet(request::isSecure),
                forwarded.host().orElseGet(() -> host(request)),
                origin);
    }

    /** The path of Steno's root as the caller's own request has it, without a slash at its end. */
    String path(HttpServletRequest request) {
        Optional<String> prefix =
                contains(request.getRemoteAddr()) ? new ForwardedHeaders(request).prefix() : Optional.empty();
        return prefix.orElseGet(request::getContextPath);
    }

    boolean contains(String address) {
        return AddressRange.parse(address)
                .filter(bytes -> ranges.stream().anyMatch(range -> range.contains(bytes)))
                .isPresent();
    }

    /** The last address of the chain that is not a trusted proxy: a client can write anything in front of it. */
    private Optional<String> caller(ForwardedHeaders forwarded) {
        List<String> chain = forwarded.addresses();
        for (int i = chain.size() - 1; i >= 0; i--) {
            String address = chain.get(i);
            if (AddressRange.parse(address).isEmpty()) {
                break;
            }
            if (!contains(address)) {
                return Optional.of(address);
            }
        }
        return Optional.empty();
    }

    /** HTTP/2 has the host in {@code :authority} (RFC 9113, 8.3.1), which Open Liberty does not show as a header. */
    private static String host(HttpServletRequest request) {
        String header = request.getHeader("Host");
        if (header != null && !header.isBlank()) {
            return header.strip();
        }
        return request.getProtocol().startsWith("HTTP/1")
                ? ""
                : request.getServerName() + ":" + request.getServerPort();
    }
}
