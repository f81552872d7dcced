package dev.steno.live;

import java.util.Map;

/** What a client says in a text frame. */
sealed interface ClientMessage {
    /** @param pcm the decoded payload; may be empty or odd, which the session judges */
    @SuppressWarnings("ArrayRecordComponent") // lives for one call, is never compared, and a copy would cost
    record Audio(byte[] pcm) implements ClientMessage {}

    /** Begins a recording with options, by name; the engine knows which there are. */
    record Start(Map<String, String> options) implements ClientMessage {}

    /** Settles what is provisional; the next audio goes on. */
    record Pause() implements ClientMessage {}

    /** Ends the recording properly. */
    record Stop() implements ClientMessage {}
}
