package dev.steno.servers;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Browsers send some characters of an address as they are, for instance {@code |}, {@code ^} and a {@code %} without
 * digits (WHATWG URL, "query percent-encode set"), which {@code java.net.URI} does not take (RFC 2396).
 */
final class UriEscapes {
    private static final Pattern NOT_TAKEN = Pattern.compile("%(?![0-9A-Fa-f]{2})|[^%a-zA-Z0-9\\-_.!~*'();/?:@&=+$,]");

    private UriEscapes() {}

    /**
     * @param address a path or a query, as it came
     * @return the same, with an escape for each character that may not stand in a URI
     */
    static String escaped(String address) {
        return NOT_TAKEN.matcher(address).replaceAll(found -> URLEncoder.encode(found.group(), StandardCharsets.UTF_8)
                .replace("+", "%20")); // as which it encodes a space
    }
}
