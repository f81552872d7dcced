package dev.steno.protocol.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a {@code multipart/form-data} body (RFC 7578, RFC 2046 section 5.1) apart while it comes, cut anywhere. Holds
 * no more of it than the headers of one part. Not thread-safe.
 */
final class MultipartParser {
    /** What becomes of the parts. */
    interface Parts {
        void begin(PartHeader header) throws RefusedRequestException, IOException;

        void content(byte[] bytes, int from, int length) throws RefusedRequestException, IOException;

        void end() throws RefusedRequestException, IOException;
    }

    private enum State {
        /** Before the first boundary. */
        PREAMBLE,
        /** Behind a boundary: what follows says whether it was the last. */
        BOUNDARY,
        HEADERS,
        CONTENT,
        /** Behind the last boundary; what comes there is of no use. */
        EPILOGUE
    }

    /** Names and types of a part. */
    private static final int MOST_HEADER_BYTES = 8 * 1024;

    /** OpenAI defines a dozen fields; some may come several times. */
    private static final int MOST_PARTS = 64;

    /** RFC 2046 section 5.1.1, and quotes if there is anything but letters and digits in it. */
    private static final Pattern BOUNDARY = Pattern.compile(
            "(?i)multipart/form-data\\b.*?;[ \\t]*boundary=(?:\"([^\"\\r\\n]{1,70})\"|([^;\\s\"]{1,70})).*");

    private final Parts parts;
    /** A line end and two dashes before the boundary. No other byte of it is a carriage return. */
    private final byte[] delimiter;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private State state = State.PREAMBLE;
    /** Bytes of the delimiter that were seen; the body begins as if a line had ended. */
    private int matched = 2;

    private int count;

    /** @param contentType of the request; null if it has none */
    MultipartParser(String contentType, Parts parts) throws RefusedRequestException {
        this.parts = parts;
        this.delimiter = ("\r\n--" + boundary(contentType)).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String boundary(String contentType) throws RefusedRequestException {
        Optional<Matcher> boundary =
                Optional.ofNullable(contentType).map(BOUNDARY::matcher).filter(Matcher::matches);
        if (boundary.isEmpty()) {
            throw RefusedRequestException.invalid(
                    415,
                    "unsupported_content_type",
                    "Send multipart/form-data with a boundary, and the audio as file.");
        }
        return boundary.get().group(1) == null
                ? boundary.get().group(2)
                : boundary.get().group(1);
    }

    void take(byte[] bytes, int from, int length) throws RefusedRequestException, IOException {
        int at = from;
        int end = from + length;
        while (at < end) {
            at = switch (state) {
                case PREAMBLE, CONTENT -> content(bytes, at, end);
                case BOUNDARY -> boundary(bytes, at, end);
                case HEADERS -> headers(bytes, at, end);
                case EPILOGUE -> end;
            };
        }
    }

    /** The body is over. */
    void end() throws RefusedRequestException {
        if (state != State.EPILOGUE) {
            throw RefusedRequestException.malformed("The form ends in the middle: its last boundary is missing.");
        }
    }

    /** Passes on everything up to the next delimiter. @return the index of the first byte that was not read */
    private int content(byte[] bytes, int from, int end) throws RefusedRequestException, IOException {
        int passed = from; // everything before it was passed on
        int at = from;
        while (at < end) {
            if (bytes[at] == delimiter[matched]) {
                if (matched == 0) {
                    pass(bytes, passed, at);
                    passed = at;
                }
                matched++;
                at++;
                if (matched == delimiter.length) {
                    delimited();
                    return at;
                }
            } else if (matched > 0) { // it was content after all; this byte is looked at again
                if (at - matched < from) {
                    pass(delimiter, 0, matched);
                    passed = at;
                }
                matched = 0;
            } else {
                at++;
            }
        }
        if (matched == 0) {
            pass(bytes, passed, end);
        }
        return end;
    }

    private void pass(byte[] bytes, int from, int end) throws RefusedRequestException, IOException {
        if (state == State.CONTENT && from < end) {
            parts.content(bytes, from, end - from);
        }
    }

    private void delimited() throws RefusedRequestException, IOException {
        if (state == State.CONTENT) {
            parts.end();
        }
        matched = 0;
        state = State.BOUNDARY;
        line.reset();
    }

    /** Two dashes, or spaces and a line end. */
    private int boundary(byte[] bytes, int from, int end) throws RefusedRequestException {
        int at = from;
        while (at < end && state == State.BOUNDARY) {
            line.write(bytes[at++]);
            String text = line.toString(StandardCharsets.ISO_8859_1);
            if (text.equals("--")) {
                state = State.EPILOGUE;
            } else if (text.endsWith("\r\n") && text.isBlank()) {
                state = State.HEADERS;
                line.reset();
                line.writeBytes(new byte[] {'\r', '\n'}); // a part without headers ends them at once
            } else if (line.size() > MOST_HEADER_BYTES || !text.matches("-|[ \\t]*\\r?")) {
                throw RefusedRequestException.malformed("A boundary of the form is followed by something else.");
            }
        }
        return at;
    }

    private int headers(byte[] bytes, int from, int end) throws RefusedRequestException, IOException {
        int at = from;
        while (at < end && state == State.HEADERS) {
            byte next = bytes[at++];
            line.write(next);
            if (line.size() > MOST_HEADER_BYTES) {
                throw RefusedRequestException.malformed(
                        "The headers of a part are longer than " + MOST_HEADER_BYTES + " bytes.");
            }
            if (next == '\n' && endsHeaders()) {
                if (++count > MOST_PARTS) {
                    throw RefusedRequestException.malformed("The form has more than " + MOST_PARTS + " parts.");
                }
                parts.begin(PartHeader.parse(line.toString(StandardCharsets.UTF_8)));
                state = State.CONTENT;
            }
        }
        return at;
    }

    private boolean endsHeaders() {
        byte[] seen = line.toByteArray();
        int size = seen.length;
        return size >= 4
                && seen[size - 4] == '\r'
                && seen[size - 3] == '\n'
                && seen[size - 2] == '\r'
                && seen[size - 1] == '\n';
    }
}
