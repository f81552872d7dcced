package dev.steno.protocol.files;

import dev.steno.access.PublicAddress;
import dev.steno.access.RestFilter;
import dev.steno.access.UnreadBody;
import dev.steno.caller.Caller;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * {@code POST /v1/audio/transcriptions}, as OpenAI defines it.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/audio/createTranscription">Create transcription</a>
 */
@WebServlet(urlPatterns = "/v1/audio/transcriptions", asyncSupported = true)
public class TranscriptionsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** Of a body, for everything but the file. */
    private static final long FIELDS_BYTES = 1 << 20;

    /** Of the server's threads, so that slow clients leave enough of them for everything else. */
    private static final int MOST_WAITING = 8;

    private static final long PATIENCE_SECONDS = 2;

    private final transient Semaphore waiting = new Semaphore(MOST_WAITING);

    @Inject
    private transient FileDoor door;

    @Inject
    private transient PublicAddress address;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            if (!request.getMethod().equals("POST")) {
                response.setHeader("Allow", "POST");
                throw RefusedRequestException.invalid(405, "method_not_allowed", "Send a form with POST.");
            }
            check(request.getContentLengthLong());
            receive(request, response);
        } catch (RefusedRequestException e) {
            UnreadBody.drop(request);
            refuse(response, e);
        }
    }

    /** Before any of it is read. */
    private void check(long length) throws RefusedRequestException, IOException {
        if (length > door.folder().limit() + FIELDS_BYTES) {
            throw RefusedRequestException.tooLarge(door.folder().limit());
        }
        if (!door.folder().hasRoomFor(Math.max(0, length))) {
            throw RefusedRequestException.unavailable("disk_full", "The server's disk has no room for the file.");
        }
    }

    private void receive(HttpServletRequest request, HttpServletResponse response)
            throws RefusedRequestException, IOException {
        Caller caller = (Caller) request.getAttribute(RestFilter.CALLER);
        AsyncContext context = request.startAsync(request, response);
        context.setTimeout(0);
        ResponseWriter writer = new ResponseWriter(context, response);
        FileTranscription transcription = new FileTranscription(door, caller, writer);
        Upload.Request rest = new Upload.Request(
                request.getContentType(), request.getHeader("Prefer"), address.path(request), writer);
        writer.open(transcription::gone);
        Upload upload;
        try {
            upload = new Upload(door, request.getInputStream(), rest, transcription);
        } catch (RefusedRequestException e) {
            transcription.refuse(e);
            UnreadBody.drop(request);
            return;
        }
        if (!transcription.enter(upload)) {
            return;
        }
        if (isHttp2(request)) {
            readWaiting(upload, transcription);
            UnreadBody.drop(request); // where the upload was refused in its middle
        } else {
            request.getInputStream().setReadListener(upload);
        }
    }

    /**
     * Or to become so, as Java's own client asks for. Grizzly (Payara, GlassFish) then loses the request unless a
     * thread reads the body, and over HTTP/2 it says on one thread that all is read while the last piece waits on
     * another.
     */
    private static boolean isHttp2(HttpServletRequest request) {
        String upgrade = request.getHeader("Upgrade");
        return request.getProtocol().startsWith("HTTP/2")
                || (upgrade != null && upgrade.toLowerCase(Locale.ROOT).contains("h2c"));
    }

    private boolean mayWait() {
        try {
            return waiting.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void readWaiting(Upload upload, FileTranscription transcription) {
        if (!mayWait()) {
            transcription.refuse(RefusedRequestException.unavailable(
                    "busy", "Too many clients send files at the moment. Try again."));
            return;
        }
        try {
            upload.readWaiting();
        } catch (IOException e) {
            upload.onError(e);
        } finally {
            waiting.release();
        }
    }

    /** The connection ends with it: what the client still sends is not read. */
    static void refuse(HttpServletResponse response, RefusedRequestException why) throws IOException {
        byte[] body = (why.json() + "\n").getBytes(StandardCharsets.UTF_8);
        response.setStatus(why.status());
        response.setHeader("Connection", "close");
        response.setHeader("Cache-Control", "no-store");
        if (why.passes()) {
            response.setHeader("Retry-After", RefusedRequestException.RETRY_SECONDS);
        }
        response.setContentType("application/json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
