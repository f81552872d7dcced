package dev.steno.page;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends the page's files, in place of the server's own way: compressed on every server, without comments, and never
 * half of an old page with half of a new one. Addresses with the build's name are kept for good; of all others the
 * browser asks whether its copy is current.
 */
@WebServlet({
    "",
    "/",
    "*.html",
    "/openapi.json",
    "/icon.svg",
    "/manifest.webmanifest",
    "/js/*",
    "/css/*",
    "/icons/*",
    "/v/*"
})
public class PageFilesServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final Pattern VERSIONED = Pattern.compile("/v/([\\w-]+)(/(?:js|css)/.*)");
    private static final Pattern GZIP =
            Pattern.compile("(?:^|[,\\s])(?:gzip|\\*)\\s*(?!\\s*;\\s*q=0(?:\\.0*)?\\s*(?:,|$))(?:[;,]|$)");
    /** The page itself: the name that its first clients knew. */
    private static final Set<String> NAMES_OF_PAGE = Set.of("", "/", "/simple_client.html");

    private transient PageFiles files;

    @Override
    public void init() throws ServletException {
        try {
            files = new PageFiles(getServletContext());
        } catch (IOException e) {
            throw new ServletException("The page's files cannot be read.", e);
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = pathOf(request);
        Matcher versioned = VERSIONED.matcher(path);
        boolean hasVersion = versioned.matches();
        Optional<PageFile> file = files.find(hasVersion ? versioned.group(2) : path);
        if (file.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else if (!hasVersion) {
            send(file.get(), "no-cache", request, response);
        } else if (versioned.group(1).equals(files.build())) {
            send(file.get(), "public, max-age=31536000, immutable", request, response);
        } else {
            send(file.get(), "no-store", request, response); // of another build, by a node that has only this one
        }
    }

    private static void send(PageFile file, String caching, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String validator = '"' + file.validator() + '"';
        response.setHeader("ETag", validator);
        response.setHeader("Cache-Control", caching);
        response.setHeader("Vary", "Accept-Encoding");
        if (file.mediaType().startsWith("text/javascript")) {
            response.setHeader("Access-Control-Allow-Origin", "*"); // other sites use the client library from here
        }
        String known = request.getHeader("If-None-Match");
        if (known != null && known.contains(validator)) { // a list, or weakened by a proxy that compresses
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        byte[] content = file.content();
        String accepted = request.getHeader("Accept-Encoding");
        if (accepted != null && GZIP.matcher(accepted).find() && file.compressed().length < content.length) {
            response.setHeader("Content-Encoding", "gzip");
            response.setHeader("ETag", "W/" + validator); // the same file, but other bytes
            content = file.compressed();
        }
        response.setContentType(file.mediaType());
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
    }

    private static String pathOf(HttpServletRequest request) {
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        return NAMES_OF_PAGE.contains(path) ? "/index.html" : path;
    }
}
