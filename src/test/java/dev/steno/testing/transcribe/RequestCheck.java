package dev.steno.testing.transcribe;

import io.netty.handler.codec.http2.Http2Headers;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.eventstream.HeaderValue;
import software.amazon.awssdk.eventstream.Message;

/** Whether a request and its events are what the API reference describes, as far as Steno uses it. */
record RequestCheck(String sessionId, Map<String, String> parameters) {
    private static final String PREFIX = "x-amzn-transcribe-";
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2}-[A-Z]{2}");

    static RequestCheck of(Http2Headers headers) {
        check("POST".contentEquals(headers.method()), "Only POST is offered");
        check("/stream-transcription".contentEquals(headers.path()), "No such operation: " + headers.path());
        check(has(headers, "content-type", "application/vnd.amazon.eventstream"), "Wrong content-type");
        check(has(headers, "x-amz-content-sha256", SignatureCheck.EVENTS), "Wrong x-amz-content-sha256");
        check(parameter(headers, "media-encoding").equals("pcm"), "Wrong media-encoding");
        check(parameter(headers, "sample-rate").equals("16000"), "Wrong sample-rate");
        String language = parameter(headers, "language-code");
        boolean identify = parameter(headers, "identify-language").equals("true")
                || parameter(headers, "identify-multiple-languages").equals("true");
        check(identify != LANGUAGE.matcher(language).matches(), "Exactly one of language-code and identification");
        String session = parameter(headers, "session-id");
        check(UUID.matcher(session).matches(), "session-id must be a UUID");
        return new RequestCheck(session, parameters(headers));
    }

    /** The audio in an event that the signed message carries. */
    static byte[] audio(Message event) {
        Map<String, HeaderValue> headers = event.getHeaders();
        check(is(headers, ":message-type", "event"), ":message-type must be event");
        check(is(headers, ":event-type", "AudioEvent"), ":event-type must be AudioEvent");
        check(is(headers, ":content-type", "application/octet-stream"), "Wrong :content-type of an event");
        return event.getPayload();
    }

    private static boolean is(Map<String, HeaderValue> headers, String name, String value) {
        return headers.containsKey(name) && headers.get(name).getString().equals(value);
    }

    private static boolean has(Http2Headers headers, String name, String value) {
        return headers.get(name) != null && value.contentEquals(headers.get(name));
    }

    private static Map<String, String> parameters(Http2Headers headers) {
        Map<String, String> parameters = new TreeMap<>();
        headers.forEach(header -> {
            if (header.getKey().toString().startsWith(PREFIX)) {
                String name = header.getKey().toString().substring(PREFIX.length());
                parameters.put(name, header.getValue().toString());
            }
        });
        return parameters;
    }

    private static String parameter(Http2Headers headers, String name) {
        return Optional.ofNullable(headers.get(PREFIX + name))
                .map(CharSequence::toString)
                .orElse("");
    }

    private static void check(boolean fine, String complaint) {
        if (!fine) {
            throw ServiceError.badRequest(complaint);
        }
    }
}
