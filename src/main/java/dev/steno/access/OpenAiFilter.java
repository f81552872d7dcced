package dev.steno.access;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletResponse;

/** As its parent, before the resources that OpenAI defined: their clients expect errors in another shape. */
@WebFilter(urlPatterns = "/v1/audio/*", asyncSupported = true)
public class OpenAiFilter extends RestFilter {
    private static final long serialVersionUID = 1L;

    @Override
    String mediaType() {
        return "application/json";
    }

    @Override
    JsonObject body(int status, String title, String why) {
        boolean unknown = status == HttpServletResponse.SC_UNAUTHORIZED;
        return Json.createObjectBuilder()
                .add(
                        "error",
                        Json.createObjectBuilder()
                                .add("message", why)
                                .add("type", "invalid_request_error")
                                .add("param", JsonValue.NULL)
                                .add("code", unknown ? "invalid_api_key" : "forbidden"))
                .build();
    }
}
