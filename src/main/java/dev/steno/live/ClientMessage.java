package dev.steno.live;

import dev.steno.audio.InputFormat;
import java.util.Map;
import java.util.Optional;

/** What a client says in a text frame. */
sealed interface ClientMessage {
    /** @param pcm the decoded payload; may be empty or odd, which the session judges */
    @SuppressWarnings("ArrayRecordComponent") // lives for one call, is never compared, and a copy would cost
    record Audio(byte[] pcm) implements ClientMessage {}

    /**
     * Begins a recording.
     *
     * @param options by name; the engine knows which there are
     * @param format of the audio that follows, if the message says one
     */
    record Start(Map<String, String> options, Optional<InputFormat> format) implements ClientMessage {}

    /** Settles what is provisional; the next audio goes on. */
    record Pause() implements ClientMessage {}

    /** Asks for a link by which others can read along. */
    record Share(Optional<String> room) implements ClientMessage {}

    /** Ends the links. */
    record Unshare() implements ClientMessage {}

    /** Ends the recording properly. */
    record Stop() implements ClientMessage {}
}
