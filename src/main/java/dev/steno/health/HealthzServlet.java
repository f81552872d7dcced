package dev.steno.health;

import dev.steno.access.MetricsAccess;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * {@code GET /healthz}: the checks in the JSON of MicroProfile Health, on servers that have none. Below it {@code
 * /live}, {@code /ready} and {@code /started}, as there. Data beside the status are for those who may read the metrics.
 */
@WebServlet(
        urlPatterns = {"/healthz", "/healthz/*"},
        asyncSupported = true)
public class HealthzServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** Made once: each look-up of the provider searches the class path. */
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    @Inject
    private transient HealthChecks checks;

    @Inject
    private transient MetricsAccess access;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<Check> asked = asked(request.getPathInfo());
        if (asked.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        boolean up = asked.stream().allMatch(Check::up);
        response.setStatus(up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("application/json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader("Cache-Control", "no-store");
        List<Check> shown = access.allows(request)
                ? asked
                : asked.stream().map(Check::statusOnly).toList();
        response.getWriter().write(render(up, shown).toString());
    }

    private List<Check> asked(String path) {
        return switch (path == null ? "/" : path) {
            case "/" -> checks.all();
            case "/live" -> List.of(checks.live());
            case "/started" -> List.of(checks.started());
            case "/ready" ->
                List.of(checks.recognizer(), checks.archive(), checks.recordings(), checks.library(), checks.cluster());
            default -> List.of();
        };
    }

    static JsonObject render(boolean up, List<Check> checks) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        for (Check check : checks) {
            JsonObjectBuilder data = JSON.createObjectBuilder();
            check.data().forEach((key, value) -> {
                if (value instanceof Number number) {
                    data.add(key, number.longValue());
                } else if (value instanceof Boolean flag) {
                    data.add(key, flag);
                } else {
                    data.add(key, value.toString());
                }
            });
            JsonObjectBuilder object =
                    JSON.createObjectBuilder().add("name", check.name()).add("status", check.up() ? "UP" : "DOWN");
            array.add(check.data().isEmpty() ? object : object.add("data", data));
        }
        return JSON.createObjectBuilder()
                .add("status", up ? "UP" : "DOWN")
                .add("checks", array)
                .build();
    }
}
