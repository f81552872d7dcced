package dev.steno.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The {@code X-Forwarded-} headers of a request that came from a trusted proxy. A header in several lines is one list
 * (RFC 9110, section 5.3). A proxy appends to the list, some in a line of their own (HAProxy), so the last item is the
 * trusted proxy's and everything before it may be the client's invention.
 */
final class ForwardedHeaders {
    /** The paths that are safe to put into a link as they are. */
    private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._~!$&()*+,=:@%-]+)*/?");

    private static final int LONGEST_PREFIX = 256;

    private final HttpServletRequest request;

    ForwardedHeaders(HttpServletRequest request) {
        this.request = request;
    }

    /** The chain of addresses, the caller's first. */
    List<String> addresses() {
        return items("X-Forwarded-For");
    }

    Optional<String> host() {
        return last("X-Forwarded-Host");
    }

    /** Whether the client speaks TLS with the proxy. Traefik says {@code wss} of a WebSocket. */
    Optional<Boolean> secure() {
        return last("X-Forwarded-Proto")
                .map(protocol -> protocol.equalsIgnoreCase("https") || protocol.equalsIgnoreCase("wss"));
    }

    /** The path below which the proxy publishes Steno, without a slash at its end; empty for the root. */
    Optional<String> prefix() {
        String header = request.getHeader("X-Forwarded-Prefix"); // most requests have none
        return header == null
                ? Optional.empty()
                : last("X-Forwarded-Prefix")
                        .filter(prefix -> prefix.length() <= LONGEST_PREFIX)
                        .filter(prefix -> PREFIX.matcher(prefix).matches() && !prefix.contains("/.."))
                        .map(prefix -> prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix);
    }

    private Optional<String> last(String name) {
        List<String> items = items(name);
        return items.isEmpty()
                ? Optional.empty()
                : Optional.of(items.get(items.size() - 1)).filter(item -> !item.isEmpty());
    }

    private List<String> items(String name) {
        List<String> items = new ArrayList<>();
        for (String line : Collections.list(request.getHeaders(name))) {
            Arrays.stream(line.split(",", -1)).map(String::strip).forEach(items::add);
        }
        return items;
    }
}
