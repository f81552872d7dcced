package dev.steno.access;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The proxies whose word counts about who called: only their {@code X-Forwarded-} headers are read. */
final class TrustedProxies {
    private static final String KEY = "TRUSTED_PROXIES";

    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";

    /**
     * An address, and nothing that {@link InetAddress} takes for a name and asks DNS for, as it does with 999.1.1.1. What begins
     * like an IPv6 address and has a colon is never asked for.
     */
    private static final Pattern ADDRESS =
            Pattern.compile(BYTE + "(\\." + BYTE + "){3}|(?=.*:)[0-9a-fA-F:][0-9a-fA-F:.]*");

    /** Addresses that share the first bits with one. */
    private static final class Network {
        private final byte[] address;
        private final int bits;

        Network(byte[] address, int bits) {
            this.address = address;
            this.bits = bits;
        }

        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private final List<Network> networks;

    TrustedProxies(Settings settings) {
        networks = settings.list(KEY).stream().map(TrustedProxies::network).toList();
    }

    /** The request as its caller made it. */
    IncomingRequest read(HttpServletRequest request) {
        boolean forwarded = contains(request.getRemoteAddr());
        String address = forwarded ? caller(request) : request.getRemoteAddr();
        boolean secure = forwarded
                ? header(request, "X-Forwarded-Proto")
                        .map("https"::equalsIgnoreCase)
                        .orElse(request.isSecure())
                : request.isSecure();
        Optional<String> forwardedHost = forwarded ? header(request, "X-Forwarded-Host") : Optional.empty();
        return new IncomingRequest(
                address,
                !forwarded && isLoopback(request.getRemoteAddr()) && isLoopback(request.getLocalAddr()),
                secure,
                forwardedHost.orElseGet(() -> host(request)),
                Optional.ofNullable(request.getHeader("Origin")));
    }

    boolean contains(String address) {
        return parse(address)
                .filter(bytes -> networks.stream().anyMatch(network -> network.contains(bytes)))
                .isPresent();
    }

    /** The nearest address in the chain that is not a trusted proxy: what stands before it anybody can write. */
    private String caller(HttpServletRequest request) {
        List<String> chain =
                Arrays.asList(header(request, "X-Forwarded-For").orElse("").split(",", -1));
        for (int i = chain.size() - 1; i >= 0; i--) {
            String address = chain.get(i).strip();
            if (parse(address).isEmpty()) {
                break;
            }
            if (!contains(address)) {
                return address;
            }
        }
        return request.getRemoteAddr();
    }

    /** HTTP/2 says it in {@code :authority} (RFC 9113, 8.3.1), which Open Liberty does not show as the header. */
    private static String host(HttpServletRequest request) {
        return header(request, "Host")
                .orElseGet(() -> request.getProtocol().startsWith("HTTP/1")
                        ? ""
                        : request.getServerName() + ":" + request.getServerPort());
    }

    private static Optional<String> header(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getHeader(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static boolean isLoopback(String address) {
        try {
            return parse(address).isPresent() && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static Network network(String text) {
        String allowed = "a comma-separated list of addresses or networks, such as 10.0.0.0/8,::1";
        String[] parts = text.split("/", -1);
        byte[] address = parse(parts[0]).orElseThrow(() -> new InvalidSettingException(KEY, text, allowed));
        try {
            int bits = parts.length == 1 ? address.length * 8 : Integer.parseInt(parts[1]);
            if (parts.length <= 2 && bits >= 0 && bits <= address.length * 8) {
                return new Network(address, bits);
            }
        } catch (NumberFormatException e) {
            throw new InvalidSettingException(KEY, text, allowed, e);
        }
        throw new InvalidSettingException(KEY, text, allowed);
    }

    static Optional<byte[]> parse(String address) {
        if (address == null || !ADDRESS.matcher(address).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(address).getAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
