package dev.steno.session.upstream;

/** What the way to the recogniser is doing, as {@code status.state} in the protocol. */
public enum UpstreamState {
    STREAMING,
    PAUSED,
    RECONNECTING,
    STOPPING
}
