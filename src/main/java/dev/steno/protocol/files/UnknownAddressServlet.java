package dev.steno.protocol.files;

import dev.steno.access.UnreadBody;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What else OpenAI's clients ask for below {@code /v1}: a refusal in the shape that they understand. */
@WebServlet("/v1/*")
public class UnknownAddressServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        UnreadBody.drop(request);
        TranscriptionsServlet.refuse(
                response,
                RefusedRequestException.notFound(
                        null,
                        "unknown_url",
                        "Steno has /v1/audio/transcriptions and /v1/models, and /v1/realtime for WebSockets."));
    }
}
