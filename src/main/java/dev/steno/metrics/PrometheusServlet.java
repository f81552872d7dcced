package dev.steno.metrics;

import dev.steno.access.MetricsAccess;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code GET /prometheus}: the numbers in Prometheus' text format. Servers keep {@code /metrics} for themselves. */
@WebServlet("/prometheus")
public class PrometheusServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient PrometheusTextFormatWriter format = PrometheusTextFormatWriter.create();
    private final transient PrometheusRegistry registry = new PrometheusRegistry();

    @Inject
    private transient MetricsAccess access;

    @Inject
    private transient SessionMetrics sessions;

    @Inject
    private transient AudienceMetrics audience;

    @Inject
    private transient DoorMetrics doors;

    @Inject
    private transient TranslationMetrics translation;

    @Inject
    private transient NodeMetrics node;

    @Inject
    private transient NeighbourMetrics neighbours;

    @Override
    public void init() {
        neighbours.collectors().forEach(registry::register);
        sessions.collectors().forEach(registry::register);
        audience.collectors().forEach(registry::register);
        doors.collectors().forEach(registry::register);
        translation.collectors().forEach(registry::register);
        node.collectors().forEach(registry::register);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!access.allows(request)) {
            refuse(response);
            return;
        }
        response.setContentType(format.getContentType());
        response.setHeader("Cache-Control", "no-store");
        format.write(response.getOutputStream(), registry.scrape());
    }

    private void refuse(HttpServletResponse response) {
        if (access.asksWhoCalls()) {
            response.setHeader("WWW-Authenticate", "Bearer");
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        } else {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        }
    }
}
