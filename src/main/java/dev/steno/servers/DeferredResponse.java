package dev.steno.servers;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** A response whose content is collected first, so that no thread waits until the client reads it. */
final class DeferredResponse extends HttpServletResponseWrapper {
    private final DeferredOutput output;
    private PrintWriter writer;

    DeferredResponse(HttpServletResponse response) {
        super(response);
        output = new DeferredOutput(response);
    }

    /** What is written from now on goes to the client at once: the application has taken the response over. */
    void release() {
        output.release();
    }

    /**
     * @return what was collected; null if the client has, or gets, the response in another way
     */
    byte[] collected() throws IOException {
        if (writer != null) {
            writer.flush();
        }
        return output.collected();
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return output;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer == null) {
            writer = new PrintWriter(new OutputStreamWriter(output, getCharacterEncoding()));
        }
        return writer;
    }

    /** Events are sent one by one; anything else can wait for its end. */
    @Override
    public void flushBuffer() throws IOException {
        if (writer != null) {
            writer.flush();
        }
        output.flush();
    }

    @Override
    public void reset() {
        super.reset();
        output.clear();
        writer = null;
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        output.clear();
    }

    /** The server's own page for an error would be written by a thread that waits for the client. */
    @Override
    public void sendError(int status, String message) throws IOException {
        resetBuffer();
        setStatus(status);
        setContentType("text/plain");
        setCharacterEncoding("UTF-8");
        output.write((message + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void sendError(int status) throws IOException {
        sendError(status, status == SC_NOT_FOUND ? "There is nothing here." : "Status " + status);
    }
}
