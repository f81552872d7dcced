package dev.steno.access;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a request comes from and where it believes to go, as the browser sees it: what trusted proxies changed is
 * undone.
 *
 * @param address the caller's, as text
 * @param loopback whether it came from this machine to this machine, with no trusted proxy between
 * @param secure whether the caller speaks TLS
 * @param host host and port that it asked for, in lower case; empty if it named none
 * @param origin the {@code Origin} header; absent for programs that are no browsers
 */
record IncomingRequest(String address, boolean loopback, boolean secure, String host, Optional<String> origin) {
    IncomingRequest {
        host = host.toLowerCase(Locale.ROOT);
    }

    /**
     * What one caller cannot leave: the IPv4 address, or the first 64 bits of an IPv6 address (RFC 4291, section
     * 2.5.4), of which everybody has all the rest to choose from.
     */
    String network() {
        return AddressRange.parse(address)
                .filter(bytes -> bytes.length == 16)
                .map(bytes -> HexFormat.ofDelimiter(":").formatHex(bytes, 0, 8))
                .orElse(address);
    }

    /** The host without the port; an IPv6 address keeps its brackets. */
    String hostName() {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }
}
