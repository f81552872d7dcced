package dev.steno.recognition.vosk;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import dev.steno.recognition.RecognitionRequest;
import dev.steno.recognition.remote.EngineAddress;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.net.URI;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which server transcribes which language. A vosk-server has one model and does not say of which language: a single
 * address is that of the configured language's.
 */
final class VoskServers {
    static final String KEY = "VOSK_URL";

    /** As {@code jigasi} writes it: {"en-US": "ws://en:2700", "fr": "ws://fr:2700"}. */
    private static final String ALLOWED =
            "the address of a vosk-server, such as ws://localhost:2700, or JSON {language: address}";

    private final Map<String, URI> servers;
    private final String defaultLanguage;

    private VoskServers(Map<String, URI> servers, String defaultLanguage) {
        this.servers = servers;
        this.defaultLanguage = defaultLanguage;
    }

    /** Of no server if none is configured. */
    static VoskServers from(Settings settings) {
        String language = settings.text("TRANSCRIBE_LANGUAGE_CODE", RecognitionRequest.DEFAULT_LANGUAGE);
        String value = settings.text(KEY, "");
        if (value.isEmpty()) {
            return new VoskServers(Map.of(), language);
        }
        return new VoskServers(
                value.startsWith("{") ? map(value) : Map.of(language, EngineAddress.parse(KEY, value)), language);
    }

    private static Map<String, URI> map(String value) {
        Map<String, URI> servers = new TreeMap<>();
        try (JsonReader reader = JsonProvider.provider().createReader(new StringReader(value))) {
            JsonObject addresses = reader.readObject();
            for (Map.Entry<String, JsonValue> each : addresses.entrySet()) {
                if (each.getKey().isBlank() || !(each.getValue() instanceof JsonString address)) {
                    throw new InvalidSettingException(KEY, "{...}", ALLOWED);
                }
                servers.put(each.getKey(), EngineAddress.parse(KEY, address.getString()));
            }
        } catch (JsonException e) {
            throw new InvalidSettingException(KEY, "{...", ALLOWED, e);
        }
        if (servers.isEmpty()) {
            throw new InvalidSettingException(KEY, "{}", ALLOWED);
        }
        return servers;
    }

    boolean isEmpty() {
        return servers.isEmpty();
    }

    /** Those that have a server of their own, and the configured one where a server has it without its country. */
    Set<String> languages() {
        Set<String> languages = new TreeSet<>(servers.keySet());
        if (servers.containsKey(general(defaultLanguage))) {
            languages.add(defaultLanguage);
        }
        return Collections.unmodifiableSet(languages);
    }

    /** @param language one of {@link #languages} */
    URI server(String language) {
        URI server = servers.get(language);
        return server == null ? servers.get(general(language)) : server;
    }

    private static String general(String language) {
        return language.split("-", -1)[0];
    }
}
