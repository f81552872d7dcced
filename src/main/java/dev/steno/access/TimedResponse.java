package dev.steno.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.Set;

/**
 * A response that tells a clock how long its client lets it wait. All of it is sent before the filter ends: a server
 * would send the rest of it afterwards, where nobody sees that a thread waits.
 */
final class TimedResponse extends HttpServletResponseWrapper {
    /** RFC 9110, sections 15.3.5 and 15.4.5. */
    private static final Set<Integer> BODILESS = Set.of(SC_NO_CONTENT, SC_NOT_MODIFIED);

    private final ResponseClock clock;
    private TimedOutput output;
    private PrintWriter writer;

    TimedResponse(HttpServletResponse response, ResponseClock clock) {
        super(response);
        this.clock = clock;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (output == null) {
            output = new TimedOutput(super.getOutputStream(), clock);
        }
        return output;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer == null) {
            super.setCharacterEncoding(getCharacterEncoding()); // which the type's header tells from now on
            writer = new PrintWriter(new OutputStreamWriter(getOutputStream(), getCharacterEncoding()));
        }
        return writer;
    }

    @Override
    public void reset() {
        super.reset();
        output = null;
        writer = null;
    }

    /** With what a writer has not passed on. */
    @Override
    public void resetBuffer() {
        super.resetBuffer();
        writer = null;
    }

    @Override
    public void flushBuffer() throws IOException {
        if (writer != null) {
            writer.flush();
        }
        clock.time(0, super::flushBuffer);
    }

    /** Without the server's own page, which would be sent after the filter. */
    @Override
    public void sendError(int status, String message) throws IOException {
        resetBuffer();
        setStatus(status);
        setContentType("text/plain;charset=UTF-8");
        byte[] body = ("Error " + status + (message == null ? "" : ": " + message) + '\n').getBytes(UTF_8);
        setContentLength(body.length);
        getOutputStream().write(body);
    }

    @Override
    public void sendError(int status) throws IOException {
        sendError(status, null);
    }

    /** Whether anything may have been written: if not, a WebSocket may have begun. */
    boolean hasBody() {
        return output != null;
    }

    /** Sends what is left. */
    void finish(String method) throws IOException {
        if (output == null) {
            if (!method.equals("HEAD") && !BODILESS.contains(getStatus())) {
                setContentLength(0);
            }
            flushBuffer();
            return;
        }
        output.ending();
        if (writer != null) {
            writer.close();
        }
        output.close();
    }
}
