package dev.steno.recognition.remote;

import dev.steno.configuration.InvalidSettingException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;

/** Reads the address of an engine's server. It may hold a key, so that nothing but {@link #shown} is for logs. */
public final class EngineAddress {
    private static final Map<String, String> SCHEMES = Map.of("ws", "ws", "wss", "wss", "http", "ws", "https", "wss");

    private EngineAddress() {}

    /**
     * @param key where the address is configured
     * @throws InvalidSettingException if it is not the address of a WebSocket; shows no password or query
     */
    public static URI parse(String key, String value) {
        try {
            URI address = new URI(value);
            String scheme = SCHEMES.get(address.getScheme() == null ? "" : address.getScheme());
            if (scheme != null && address.getHost() != null && address.getRawUserInfo() == null) {
                return new URI(scheme + "://" + address.getRawAuthority() + address.getRawPath()
                        + query(address.getRawQuery()));
            }
        } catch (URISyntaxException e) {
            throw refused(key, value); // the cause would show all of it
        }
        throw refused(key, value);
    }

    private static String query(String query) {
        return query == null ? "" : "?" + query;
    }

    private static InvalidSettingException refused(String key, String value) {
        return new InvalidSettingException(
                key,
                hidden(value),
                "the address of a WebSocket without user and password, such as ws://localhost:2700");
    }

    /** What is safe to log of something that should be an address. */
    private static String hidden(String value) {
        return value.replaceAll("//[^/]*@", "//...@").replaceAll("\\?.*", "?...");
    }

    /** Host and port, for people. */
    public static String shown(URI address) {
        return address.getScheme() + "://" + address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort());
    }
}
