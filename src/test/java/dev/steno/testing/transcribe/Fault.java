package dev.steno.testing.transcribe;

import java.time.Duration;

/**
 * Something that goes wrong with one stream.
 *
 * @param afterBytes of audio received; for the kinds that happen in mid-stream
 * @param status of {@code REJECT}
 * @param type the service's name of the error, for {@code REJECT} and {@code EXCEPTION}
 * @param message the service's text, likewise
 * @param time of {@code SLOW_START} and {@code DELAY}
 */
public record Fault(Kind kind, long afterBytes, int status, String type, String message, Duration time) {
    /** What goes wrong. */
    public enum Kind {
        /** Nothing; keeps the place of a stream that works. */
        NONE,
        /** An HTTP error instead of a stream. */
        REJECT,
        /** The connection is reset as soon as it is made. */
        REFUSE_CONNECTION,
        /** The first answer is late. */
        SLOW_START,
        /** No answer ever. */
        HANG_START,
        /** Each result is late. */
        DELAY,
        /** An exception event in mid-stream. */
        EXCEPTION,
        /** RST_STREAM in mid-stream. */
        RESET,
        /** GOAWAY, then the connection closes. */
        GOAWAY,
        /** GOAWAY, but the stream may go on. */
        GOAWAY_GRACEFUL,
        /** The TCP connection is reset in mid-stream. */
        CLOSE,
        /** The response ends normally in mid-stream, unasked. */
        END,
        /** An event with a wrong checksum. */
        CORRUPT,
        /** Nothing is read any more. */
        STALL,
        /** All is read, but no result comes any more. */
        MUTE,
        /** The response is never ended. */
        HANG_AT_END,
        /** RST_STREAM in place of the last final. */
        RESET_AT_END,
        /** The response ends normally without the last final. */
        END_WITHOUT_FINAL
    }

    public static Fault of(Kind kind) {
        return new Fault(kind, 0, 500, "InternalFailureException", "injected fault", Duration.ZERO);
    }

    public static Fault reject(int status, String type) {
        return new Fault(Kind.REJECT, 0, status, type, "injected fault", Duration.ZERO);
    }

    public static Fault exception(String type, String message) {
        return new Fault(Kind.EXCEPTION, 0, 0, type, message, Duration.ZERO);
    }

    public Fault after(long bytes) {
        return new Fault(kind, bytes, status, type, message, time);
    }

    public Fault lasting(Duration duration) {
        return new Fault(kind, afterBytes, status, type, message, duration);
    }

    boolean is(Kind other) {
        return kind == other;
    }

    /** Whether it happens when {@link #afterBytes} have arrived. */
    public boolean midStream() {
        return switch (kind) {
            case EXCEPTION, RESET, GOAWAY, GOAWAY_GRACEFUL, CLOSE, END, CORRUPT, STALL, MUTE -> true;
            default -> false;
        };
    }
}
