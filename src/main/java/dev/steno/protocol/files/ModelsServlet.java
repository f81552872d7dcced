package dev.steno.protocol.files;

import dev.steno.session.TranscriptionSessions;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * {@code GET /v1/models} and {@code GET /v1/models/NAME}, which programs ask for before they offer a choice: the
 * configured engines.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/models/list">List models</a>
 */
@WebServlet({"/v1/models", "/v1/models/*"})
public class ModelsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    @Inject
    private transient TranscriptionSessions sessions;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<String> engines = sessions.description().engines();
        String path = Objects.requireNonNullElse(request.getPathInfo(), "/");
        String name = path.substring(1);
        if (name.isEmpty()) {
            JsonArrayBuilder models = JSON.createArrayBuilder();
            engines.forEach(engine -> models.add(model(engine)));
            write(
                    response,
                    JSON.createObjectBuilder()
                            .add("object", "list")
                            .add("data", models)
                            .build()
                            .toString());
        } else if (engines.contains(name)) {
            write(response, model(name).toString());
        } else {
            RefusedRequestException unknown = RefusedRequestException.notFound(
                    "model", "model_not_found", "This server has no model of this name. GET /v1/models lists them.");
            response.setStatus(unknown.status());
            write(response, unknown.json());
        }
    }

    private static void write(HttpServletResponse response, String json) throws IOException {
        response.setContentType("application/json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().write(json);
    }

    private static JsonObject model(String engine) {
        return JSON.createObjectBuilder()
                .add("id", engine)
                .add("object", "model")
                .add("created", 0) // OpenAI's clients want a number
                .add("owned_by", "steno")
                .build();
    }
}
