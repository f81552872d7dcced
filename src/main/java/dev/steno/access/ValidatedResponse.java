package dev.steno.access;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.Locale;
import java.util.Set;

/** Keeps the validator that the response has already: what the server would put in its place is dropped. */
final class ValidatedResponse extends HttpServletResponseWrapper {
    private static final Set<String> KEPT = Set.of("etag", "last-modified", "cache-control", "expires");

    ValidatedResponse(HttpServletResponse response) {
        super(response);
    }

    @Override
    public void setHeader(String name, String value) {
        if (!isKept(name)) {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (!isKept(name)) {
            super.addHeader(name, value);
        }
    }

    @Override
    public void setDateHeader(String name, long date) {
        if (!isKept(name)) {
            super.setDateHeader(name, date);
        }
    }

    @Override
    public void addDateHeader(String name, long date) {
        if (!isKept(name)) {
            super.addDateHeader(name, date);
        }
    }

    private static boolean isKept(String name) {
        return KEPT.contains(name.toLowerCase(Locale.ROOT));
    }
}
