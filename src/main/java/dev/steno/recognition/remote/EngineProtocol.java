package dev.steno.recognition.remote;

import jakarta.json.JsonObject;

/**
 * What one stream says to its server and what the server's messages mean. One object for each stream; one call at a
 * time. Answers go to the {@link EngineLine} that it was made with.
 */
public interface EngineProtocol {
    /** The connection is there. */
    void connected();

    /**
     * The server said something. Casts that fail and fields that are missing end the stream as a fault of the server.
     */
    void message(JsonObject message);

    /** Whether audio may be sent now. Asked again after each message of the server. */
    boolean ready();

    /** @return audio of {@link dev.steno.transcript.AudioFormat} in the protocol's form, to be sent at once */
    Outgoing audio(byte[] pcm);

    /** All audio was sent, and no more comes. {@link EngineLine#complete} is awaited. */
    void finish();
}
