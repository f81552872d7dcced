package dev.steno.audience;

import dev.steno.access.AccessControl;
import dev.steno.cluster.StoreAwayException;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code GET /live/<token>} and what lies below it. The token is the only right that a viewer has, and opens nothing
 * but reading.
 */
@WebServlet(urlPatterns = "/live/*", asyncSupported = true)
public class LiveServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** RFC 6585, section 4; the servlet API has no name for it. */
    private static final int TOO_MANY_REQUESTS = 429;

    private static final String BUSY_SECONDS = "30";

    private static final String AWAY_SECONDS = "5";

    private static final System.Logger LOG = System.getLogger(LiveServlet.class.getName());

    private static final Pattern PIECE = Pattern.compile("captions/([0-9]{1,7})\\.vtt");

    @Inject
    private transient Audience audience;

    @Inject
    private transient AudienceObserver observer;

    @Inject
    private transient AccessControl access;

    private final transient Misses misses = new Misses();
    private transient Page viewer;
    private transient Page overlay;
    private transient Page builder;

    @Override
    public void init() {
        viewer = Page.load(getServletContext(), "/WEB-INF/live/viewer.html", "'none'");
        overlay = Page.load(getServletContext(), "/WEB-INF/live/overlay.html", "'self'"); // for the builder's preview
        builder = Page.load(getServletContext(), "/WEB-INF/live/overlay-builder.html", "'none'");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("X-Robots-Tag", "noindex, nofollow");
        response.setHeader("Cache-Control", "no-store");
        String path = request.getPathInfo() == null ? "" : request.getPathInfo().substring(1);
        int slash = path.indexOf('/');
        String token = slash < 0 ? path : path.substring(0, slash);
        Optional<Link> link;
        try {
            link = Tokens.isToken(token) ? audience.find(token) : Optional.empty();
        } catch (StoreAwayException e) {
            LOG.log(Level.DEBUG, "A link cannot be looked up.", e);
            response.setHeader("Retry-After", AWAY_SECONDS);
            say(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "Links cannot be looked up at the moment.");
            return;
        }
        if (link.isEmpty()) {
            refuse(request, response, token);
        } else if (path.endsWith("/") && path.length() == token.length() + 1) {
            redirect(request, response, token);
        } else {
            answer(link.get(), slash < 0 ? "" : path.substring(slash + 1), request, response);
        }
    }

    /** What the page loads is named relative to the address without a slash at its end. */
    private static void redirect(HttpServletRequest request, HttpServletResponse response, String token) {
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        response.setStatus(HttpServletResponse.SC_FOUND);
        response.setHeader("Location", "../" + token + query);
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, String token) throws IOException {
        if (audience.links().isDead(token)) {
            say(response, HttpServletResponse.SC_GONE, "This link is no longer in force.");
            return;
        }
        observer.onMiss();
        if (misses.add(access.caller(request, "").place(), System.nanoTime())) {
            response.setHeader("Retry-After", Integer.toString(Misses.MINUTE_SECONDS));
            say(response, TOO_MANY_REQUESTS, "Too many links were tried that do not exist.");
        } else {
            say(response, HttpServletResponse.SC_NOT_FOUND, "There is no such link.");
        }
    }

    private void answer(Link link, String what, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Matcher piece = PIECE.matcher(what);
        if (what.startsWith("captions")) {
            response.setHeader("Access-Control-Allow-Origin", "*"); // for video players, which are at home elsewhere
        }
        if (what.isEmpty()) {
            (request.getParameter("overlay") == null ? viewer : overlay).send(response, link.token());
        } else if (what.equals("overlay")) {
            builder.send(response, link.token());
        } else if (what.equals("manifest.webmanifest")) {
            send(response, "application/manifest+json", manifest(link));
        } else if (what.equals("events")) {
            stream(link, request, response);
        } else if (what.equals("captions.m3u8")) {
            playlist(link, request, response);
        } else if (piece.matches()) {
            piece(link, Integer.parseInt(piece.group(1)), request, response);
        } else if (what.startsWith("captions.")) {
            captions(link, what.substring("captions.".length()), request, response);
        } else {
            say(response, HttpServletResponse.SC_NOT_FOUND, "There is no such page.");
        }
    }

    /** On a home screen the icon opens this link. */
    private static String manifest(Link link) {
        return Json.object(json -> json.write("name", "Live captions")
                .write("short_name", "Captions")
                .write("start_url", "../" + link.token())
                .write("scope", "../" + link.token())
                .write("display", "standalone")
                .writeStartArray("icons")
                .writeStartObject()
                .write("src", "../../icon.svg")
                .write("sizes", "any")
                .write("type", "image/svg+xml")
                .writeEnd()
                .writeEnd());
    }

    private void stream(Link link, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Streams.Place place = audience.streams().enter();
        if (place == null) {
            response.setHeader("Retry-After", BUSY_SECONDS);
            say(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "Too many read along at the moment.");
            return;
        }
        response.setContentType("text/event-stream");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader("X-Accel-Buffering", "no"); // nginx would keep events back
        if (request.getMethod().equals("HEAD")) {
            place.release();
            return;
        }
        Viewer reader = new Viewer(
                link,
                Languages.of(request.getParameter("lang")),
                LastEventId.parse(request.getHeader("Last-Event-ID")),
                audience.languages(),
                observer);
        response.flushBuffer(); // Open Liberty sends nothing by the first flush of a write listener
        AsyncContext context = request.startAsync();
        context.setTimeout(0);
        Runnable[] leave = {() -> {}};
        EventStream stream = new EventStream(reader, context, response.getOutputStream(), observer, () -> {
            place.release();
            leave[0].run();
        });
        place.hold(stream);
        leave[0] = link.viewers().add(stream);
        audience.recordings().onViewer(link);
        context.addListener(stream);
        response.getOutputStream().setWriteListener(stream);
    }

    private static void captions(Link link, String extension, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<Captions.Format> format = List.of(Captions.Format.values()).stream()
                .filter(known -> known.extension().equals(extension))
                .findFirst();
        if (format.isEmpty()) {
            say(response, HttpServletResponse.SC_NOT_FOUND, "Captions come as vtt, txt, srt and json.");
        } else {
            send(
                    response,
                    format.get().mediaType(),
                    Captions.render(format.get(), link.feed(), Optional.ofNullable(request.getParameter("lang"))));
        }
    }

    private static void playlist(Link link, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<Feed> feed = link.feed();
        if (feed.isEmpty()) {
            say(response, HttpServletResponse.SC_NOT_FOUND, "Nothing is recorded in this room at the moment.");
            return;
        }
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        send(response, "application/vnd.apple.mpegurl", SubtitlePlaylist.render(feed.get(), query));
    }

    private static void piece(Link link, int number, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<String> language = Optional.ofNullable(request.getParameter("lang"));
        Optional<String> piece =
                link.feed().flatMap(feed -> SubtitlePlaylist.piece(feed, number, mpegts(request), language));
        if (piece.isEmpty()) {
            say(response, HttpServletResponse.SC_NOT_FOUND, "This piece is not published.");
        } else {
            send(response, Captions.Format.VTT.mediaType(), piece.get());
        }
    }

    /** Where the video's clock stands at second 0; 0 unless the request says otherwise. */
    private static long mpegts(HttpServletRequest request) {
        String given = request.getParameter("mpegts");
        return given != null && given.matches("[0-9]{1,10}") ? Long.parseLong(given) : 0;
    }

    private static void send(HttpServletResponse response, String mediaType, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        response.setContentType(mediaType);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private static void say(HttpServletResponse response, int status, String message) throws IOException {
        response.setStatus(status);
        send(response, "text/plain", message + "\n");
    }
}
