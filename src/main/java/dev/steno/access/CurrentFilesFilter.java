package dev.steno.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes browsers ask for each file of the page whether theirs is still the current one, so that a new deployment never meets half
 * of an old page. The validator is the file's content: servers make theirs of its size and time, which a reproducible build leaves as
 * they were.
 */
@WebFilter(
        urlPatterns = {
            "/",
            "/index.html",
            "/simple_client.html",
            "/library.html",
            "/openapi.json",
            "/icon.svg",
            "/js/*",
            "/css/*"
        },
        asyncSupported = true)
public class CurrentFilesFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    /** By path. It only ever holds files that are there: a few dozen. */
    private final transient Map<String, String> validators = new ConcurrentHashMap<>();

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String validator = validator(pathOf(request));
        if (validator == null) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader("ETag", validator);
        response.setHeader("Cache-Control", "no-cache");
        String known = request.getHeader("If-None-Match");
        if (known != null && known.contains(validator)) { // a list, or weakened by a proxy that compresses
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
        } else {
            chain.doFilter(new UnconditionalRequest(request), new ValidatedResponse(response));
        }
    }

    /** @return null if there is no such file */
    private String validator(String path) throws IOException {
        String known = validators.get(path);
        if (known != null) {
            return known;
        }
        try (InputStream file = getServletContext().getResourceAsStream(path)) {
            if (file == null) {
                return null;
            }
            String validator = '"' + hash(file.readAllBytes()) + '"';
            validators.put(path, validator);
            return validator;
        }
    }

    private static String pathOf(HttpServletRequest request) {
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        return path.isEmpty() || path.equals("/") ? "/index.html" : path;
    }

    private static String hash(byte[] content) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Hashes.sha256(content));
    }
}
