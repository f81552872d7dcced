package dev.steno.recognition.remote;

/** One message to the engine's server. */
public sealed interface Outgoing {
    /** As text. */
    record Text(String text) implements Outgoing {}

    /** As bytes, which nobody changes any more. */
    @SuppressWarnings("ArrayRecordComponent") // lives for one call and is never compared
    record Binary(byte[] bytes) implements Outgoing {}
}
