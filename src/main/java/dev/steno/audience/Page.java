package dev.steno.audience;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * An HTML page of the WAR that is served below a token.
 *
 * @param html with {@code {token}} where the token goes
 * @param framing who may show it in a frame, as in {@code frame-ancestors}
 */
record Page(String html, String framing) {
    /** As strict as that of the recorder's page, but for the manifest, by which a phone puts it on its home screen. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; manifest-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none';"
            + " frame-ancestors ";

    static Page load(ServletContext context, String path, String framing) {
        try (InputStream file = context.getResourceAsStream(path)) {
            return new Page(new String(file.readAllBytes(), StandardCharsets.UTF_8), framing);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void send(HttpServletResponse response, String token) throws IOException {
        byte[] bytes = html.replace("{token}", token).getBytes(StandardCharsets.UTF_8);
        response.setHeader("Content-Security-Policy", POLICY + framing);
        response.setContentType("text/html");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
