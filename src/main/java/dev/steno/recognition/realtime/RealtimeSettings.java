package dev.steno.recognition.realtime;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import dev.steno.recognition.remote.EngineAddress;
import java.net.URI;
import java.util.Optional;

/** Where the server is and how it speaks, from the configuration. Holds the key, so that it is never printed. */
final class RealtimeSettings {
    static final String URL = "REALTIME_URL";
    static final String KEY = "REALTIME_API_KEY";

    /** Where OpenAI and those that do as it does have the protocol; added to an address that ends before. */
    private static final String PATH = "/v1/realtime";

    private final Optional<URI> address;
    private final Optional<String> key;
    private final Optional<String> model;
    private final RealtimeDialect dialect;

    RealtimeSettings(Settings settings) {
        dialect = RealtimeDialect.named(settings.choice("REALTIME_DIALECT", "openai", "openai", "vllm", "nemo"));
        address = settings.text(URL).map(value -> address(EngineAddress.parse(URL, value), dialect));
        key = settings.secret(KEY);
        model = settings.text("REALTIME_MODEL");
        if (key.filter(secret -> !secret.chars().allMatch(c -> c > ' ' && c < 0x7f))
                .isPresent()) {
            throw new InvalidSettingException(KEY, "(hidden)", "printable ASCII characters without spaces");
        }
    }

    private static URI address(URI given, RealtimeDialect dialect) {
        String path = given.getRawPath().replaceAll("/+$", "");
        String whole = path.isEmpty() || path.equals("/v1") ? PATH : path;
        String query = given.getRawQuery() == null ? "" : given.getRawQuery();
        if (dialect == RealtimeDialect.OPENAI && !query.contains("intent=")) {
            query += (query.isEmpty() ? "" : "&") + "intent=transcription";
        }
        return URI.create(
                given.getScheme() + "://" + given.getRawAuthority() + whole + (query.isEmpty() ? "" : "?" + query));
    }

    Optional<URI> address() {
        return address;
    }

    Optional<String> key() {
        return key;
    }

    Optional<String> model() {
        return model;
    }

    RealtimeDialect dialect() {
        return dialect;
    }
}
