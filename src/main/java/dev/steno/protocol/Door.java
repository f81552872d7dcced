package dev.steno.protocol;

import java.util.List;

/**
 * Another product's protocol: where it is spoken, and by whom. CDI beans of this type are opened when the application
 * starts.
 */
public interface Door {
    /** In metrics and logs: {@code vosk}. */
    String name();

    /** Below the context root, with a slash before it. The handshake filter must know it. */
    String path();

    /** Those of which one is accepted if the client offers it, in order of preference. */
    default List<String> subprotocols() {
        return List.of();
    }

    /** Whether a client may say who it is in its first messages; the dialogue then calls {@link DoorLink#join}. */
    default boolean identifiesLater() {
        return false;
    }

    /** A client connected. The connection hears nothing before this returns. */
    Dialogue open(DoorLink connection);
}
