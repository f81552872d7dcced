package dev.steno.recognition.remote;

import static dev.steno.recognition.RecognitionFailure.Kind.BUSY;
import static dev.steno.recognition.RecognitionFailure.Kind.FAILED;
import static dev.steno.recognition.RecognitionFailure.Kind.LIMIT_EXCEEDED;
import static dev.steno.recognition.RecognitionFailure.Kind.UNAVAILABLE;

import dev.steno.recognition.RecognitionFailure;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Why a stream to a server failed, in words for the client. The server's own text is not passed on: it may name keys
 * and accounts.
 *
 * @param server the server's name in sentences: {@code The Vosk server}
 * @param checkAddress a sentence that says where its address is configured
 * @param checkKey the same of its key
 */
public record EngineFailures(String server, String checkAddress, String checkKey) {
    private static final String TRY_AGAIN = "Try again; if it keeps failing, see the log of that server.";

    /** What a code in a message looks like; nothing else of it is repeated. */
    private static final Pattern CODE = Pattern.compile("[a-z0-9_.-]{1,64}");

    private static final int POLICY_VIOLATION = 1008;
    private static final int TRY_AGAIN_LATER = 1013;

    RecognitionFailure allTaken() {
        return new RecognitionFailure(
                BUSY,
                true,
                "All streams of this node to the engine are in use.",
                "Try again shortly, or raise TRANSCRIBE_STREAM_LIMIT up to what that server can do.");
    }

    /** For an operator: the connection was made, and the session gave the stream up. */
    String noAnswer() {
        return server + " takes connections but does not answer. " + checkAddress;
    }

    /** The connection could not be made, or broke. */
    RecognitionFailure of(Throwable cause) {
        Optional<WebSocketHandshakeException> answer = find(cause, WebSocketHandshakeException.class);
        if (answer.isPresent()) {
            return refused(answer.get().getResponse().statusCode());
        }
        if (find(cause, HttpTimeoutException.class).isPresent()) {
            return unreachable(true, server + " did not answer in time.");
        }
        if (find(cause, ConnectException.class).isPresent()
                || find(cause, UnresolvedAddressException.class).isPresent()
                || find(cause, SSLException.class).isPresent()) {
            return unreachable(true, server + " cannot be reached.");
        }
        return broken("The connection to " + lower() + " broke.");
    }

    private RecognitionFailure refused(int status) {
        return switch (status) {
            case 401, 403 -> keyRefused("HTTP " + status);
            case 404, 405 -> unreachable(false, server + " does not offer its protocol there (HTTP " + status + ").");
            case 429 -> limitExceeded();
            default ->
                status >= 500 && status != 501
                        ? broken(server + " is in trouble (HTTP " + status + ").")
                        : unreachable(false, server + " refused the connection (HTTP " + status + ").");
        };
    }

    /** The server closed the connection before it was asked to. */
    RecognitionFailure closed(int code, boolean opened) {
        if (code == TRY_AGAIN_LATER) {
            return limitExceeded();
        }
        if (code == POLICY_VIOLATION && !opened) {
            return keyRefused("close " + code);
        }
        return broken(server + " ended the stream before it was asked to (" + code + ").");
    }

    /**
     * The server sent an error.
     *
     * @param code its name of it
     * @param retryable whether another stream may do without it
     */
    public RecognitionFailure error(String code, boolean retryable) {
        String name = CODE.matcher(code.toLowerCase(Locale.ROOT)).matches() ? " (" + code + ")" : "";
        if (name.contains("api_key") || name.contains("auth")) {
            return keyRefused(code);
        }
        if (name.contains("rate_limit") || name.contains("quota") || name.equals(" (busy)")) {
            return limitExceeded();
        }
        return retryable
                ? broken(server + " reported an error" + name + ".")
                : new RecognitionFailure(
                        FAILED,
                        false,
                        server + " refused the stream" + name + ".",
                        "Check the language and the other options of this recording. " + checkAddress);
    }

    /** What came is not the protocol. */
    public RecognitionFailure garbled() {
        return broken(server + " said something that its protocol does not have.");
    }

    private RecognitionFailure keyRefused(String how) {
        return new RecognitionFailure(UNAVAILABLE, false, server + " refused the key (" + how + ").", checkKey);
    }

    private RecognitionFailure limitExceeded() {
        return new RecognitionFailure(
                LIMIT_EXCEEDED,
                true,
                server + " takes no more streams for now.",
                "Try again shortly, or lower TRANSCRIBE_STREAM_LIMIT to what that server can do.");
    }

    private RecognitionFailure unreachable(boolean retryable, String message) {
        return new RecognitionFailure(UNAVAILABLE, retryable, message, checkAddress);
    }

    private static RecognitionFailure broken(String message) {
        return new RecognitionFailure(FAILED, true, message, TRY_AGAIN);
    }

    private String lower() {
        return server.substring(0, 1).toLowerCase(Locale.ROOT) + server.substring(1);
    }

    /** The first of its kind among the exception and its causes; ten deep, because a chain may be a ring. */
    private static <T extends Throwable> Optional<T> find(Throwable thrown, Class<T> kind) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(10)
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst();
    }
}
