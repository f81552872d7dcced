package dev.steno.servers;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Browsers send some characters of an address as they are, for instance {@code |}, {@code ^} and a {@code %} without
 * digits (WHATWG URL, "query percent-encode set"), which {@code java.net.URI} does not take (RFC 2396).
 */
final class UriEscapes {
    private static final String TAKEN =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.!~*'();/?:@&=+$,";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private UriEscapes() {}

    /**
     * @param address a path or a query, as it came
     * @return the same, with an escape for each character that may not stand in a URI
     */
    static String escaped(String address) {
        StringBuilder escaped = null; // nearly always there is nothing to do
        for (int i = 0; i < address.length(); ) {
            int character = address.codePointAt(i);
            int next = i + Character.charCount(character);
            boolean taken = TAKEN.indexOf(character) >= 0 || (character == '%' && isEscape(address, i));
            if (!taken && escaped == null) {
                escaped = new StringBuilder(address.substring(0, i));
            }
            if (taken && escaped != null) {
                escaped.appendCodePoint(character);
            } else if (!taken) {
                for (byte one : address.substring(i, next).getBytes(StandardCharsets.UTF_8)) {
                    escaped.append('%').append(HEX.toHexDigits(one));
                }
            }
            i = next;
        }
        return escaped == null ? address : escaped.toString();
    }

    private static boolean isEscape(String address, int at) {
        return at + 2 < address.length()
                && HexFormat.isHexDigit(address.charAt(at + 1))
                && HexFormat.isHexDigit(address.charAt(at + 2));
    }
}
