package dev.steno.access;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** As its parent, before the resources that OpenAI defined: their clients expect errors in another shape. */
@WebFilter(
        urlPatterns = {"/v1/audio/*", "/v1/models", "/v1/models/*"},
        asyncSupported = true)
public class OpenAiFilter extends RestFilter {
    private static final long serialVersionUID = 1L;

    /** A refusal is sent when this returns: see {@code ConnectionFilter}. */
    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        super.doFilter(request, response, chain);
        if (request.getAttribute(CALLER) == null) {
            UnreadBody.drop(request);
        }
    }

    @Override
    String mediaType() {
        return "application/json";
    }

    @Override
    JsonObject body(int status, String title, String why) {
        String code =
                switch (status) {
                    case HttpServletResponse.SC_UNAUTHORIZED -> "invalid_api_key";
                    case TOO_MANY_REQUESTS -> "rate_limit_exceeded";
                    default -> "forbidden";
                };
        return Json.createObjectBuilder()
                .add(
                        "error",
                        Json.createObjectBuilder()
                                .add("message", why)
                                .add("type", "invalid_request_error")
                                .add("param", JsonValue.NULL)
                                .add("code", code))
                .build();
    }
}
