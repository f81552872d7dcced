package dev.steno.info;

import dev.steno.access.AccessControl;
import dev.steno.access.PagePolicy;
import dev.steno.audience.Audience;
import dev.steno.caller.Caller;
import dev.steno.cluster.ClusterStatus;
import dev.steno.library.LibraryAccess;
import dev.steno.live.TranscriptionEndpoint;
import dev.steno.quota.Quota;
import dev.steno.session.ServiceDescription;
import dev.steno.session.TranscriptionSessions;
import dev.steno.spool.AudioSpools;
import dev.steno.transcript.AudioFormat;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** {@code GET /info}: what a page needs to know before it connects, and why a connection would not open. */
@WebServlet("/info")
public class InfoServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** Made once: each look-up of the provider searches the class path. */
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    @Inject
    private transient TranscriptionSessions sessions;

    @Inject
    private transient Audience audience;

    @Inject
    private transient AccessControl access;

    @Inject
    private transient Quota quota;

    @Inject
    private transient LibraryAccess library;

    @Inject
    private transient AudioSpools audio;

    @Inject
    private transient PagePolicy page;

    @Inject
    private transient ClusterStatus cluster;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader("Cache-Control", "no-store");
        Optional<String> identity = access.identity(request);
        Caller caller = access.caller(request, identity.orElse(""));
        JsonObject description = JSON.createObjectBuilder(describe(sessions.description()))
                .add("auth_mode", access.mode().configurationName())
                .add("signed_in", identity.isPresent())
                .add("library", library.isOpenTo(request))
                .add("sharing", audience.sharing())
                .add("audio_kept", audio.on())
                .add("browser_history", page.browserHistory())
                .add("node", cluster.node())
                .add("nodes", cluster.nodes())
                .add("busy", quota.connectionRefusal(caller).isPresent())
                .build();
        response.getWriter().write(description.toString());
    }

    private static JsonObject describe(ServiceDescription description) {
        JsonObjectBuilder limits = JSON.createObjectBuilder()
                .add("recordings", description.recordingLimit())
                .add("message_bytes", TranscriptionEndpoint.MESSAGE_BYTES)
                .add("max_duration_seconds", description.maxDuration().toSeconds())
                .add("resume_window_seconds", description.resumeWindow().toSeconds())
                .add("replay_buffer_seconds", description.replayBuffer().toSeconds());
        JsonObjectBuilder info = JSON.createObjectBuilder();
        description.minutes().ifPresent(minutes -> {
            limits.add("daily_minutes", minutes.limit());
            info.add("daily_minutes_used", minutes.used());
        });
        return info.add("name", "steno")
                .add("version", Version.TEXT)
                .add("engine", description.engine())
                .add("engines", JSON.createArrayBuilder(description.engines()))
                .add("language_code", description.defaultLanguage())
                .add(
                        "languages",
                        JSON.createArrayBuilder(
                                description.languages().stream().sorted().toList()))
                .add("sample_rate", AudioFormat.SAMPLE_RATE_HERTZ)
                .add("limits", limits)
                .add("recordings", description.recordings())
                .build();
    }
}
