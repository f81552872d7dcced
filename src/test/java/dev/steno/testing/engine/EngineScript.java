package dev.steno.testing.engine;

import jakarta.json.JsonObject;

/** What a server of one protocol does with the messages of one client. Throws what it does not understand. */
interface EngineScript {
    /** Makes one for each connection. */
    interface Maker {
        EngineScript make(EngineCall call, Hearing.Maker hearing);
    }

    /** The HTTP status with which a handshake is refused, or 101. */
    int admit(String target, String authorization);

    /** The connection is there. */
    void opened();

    void text(String text, JsonObject message);

    void binary(byte[] bytes);

    /** An error in the protocol's own form, or, where it has none, the end of the connection. */
    void error();
}
