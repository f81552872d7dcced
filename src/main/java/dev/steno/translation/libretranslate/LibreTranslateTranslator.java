package dev.steno.translation.libretranslate;

import dev.steno.translation.TranslationException;
import dev.steno.translation.TranslationException.Kind;
import dev.steno.translation.Translator;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Asks {@code POST <base>/translate}. One text is sent as a string, several as a list, which LibreTranslate answers
 * with a list (docs.libretranslate.com, API usage).
 */
public final class LibreTranslateTranslator implements Translator {
    /** A small server takes about a second for a sentence on one processor. */
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static final int BATCH = 20;

    /** Codes that it has for more than the language (libretranslate.com/languages). */
    private static final Map<String, String> CODES =
            Map.of("zh-TW", "zt", "zh-HK", "zt", "zh-Hant", "zt", "pt-BR", "pt-BR", "no", "nb", "nb-NO", "nb");

    private static final JsonProvider JSON = JsonProvider.provider();

    private final HttpClient http;
    private final URI endpoint;
    private final Optional<String> apiKey;

    /** @param base the server's address */
    public LibreTranslateTranslator(HttpClient http, URI base, Optional<String> apiKey) {
        this.http = http;
        this.apiKey = apiKey;
        String text = base.toString();
        endpoint = URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + "/translate");
    }

    @Override
    public String description() {
        return "LibreTranslate at " + endpoint.getScheme() + "://" + endpoint.getAuthority();
    }

    @Override
    public int batch() {
        return BATCH;
    }

    @Override
    public CompletionStage<List<String>> translate(List<String> texts, String source, String target) {
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body(texts, source, target)))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .exceptionallyCompose(fault -> CompletableFuture.failedFuture(unreachable(fault)))
                .thenCompose(response -> read(response, texts.size()));
    }

    /** Its code of a language: {@code en} for {@code en-US}. */
    static String code(String language) {
        int dash = language.indexOf('-');
        return CODES.getOrDefault(language, dash < 0 ? language : language.substring(0, dash));
    }

    private String body(List<String> texts, String source, String target) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            if (texts.size() == 1) {
                json.write("q", texts.get(0));
            } else {
                json.writeStartArray("q");
                texts.forEach(json::write);
                json.writeEnd();
            }
            json.write("source", code(source)).write("target", code(target)).write("format", "text");
            apiKey.ifPresent(key -> json.write("api_key", key));
            json.writeEnd();
        }
        return text.toString();
    }

    private CompletableFuture<List<String>> read(HttpResponse<String> response, int count) {
        int status = response.statusCode();
        if (status != 200) {
            return CompletableFuture.failedFuture(refusal(status));
        }
        try (JsonReader reader = JSON.createReader(new StringReader(response.body()))) {
            List<String> texts = texts(reader.readObject());
            if (texts.size() == count) {
                return CompletableFuture.completedFuture(texts);
            }
            String message = description() + " answered " + count + " texts with " + texts.size() + ".";
            return CompletableFuture.failedFuture(new TranslationException(Kind.REFUSED, message, null));
        } catch (JsonException | ClassCastException e) {
            return CompletableFuture.failedFuture(broken("its answer cannot be read", e));
        }
    }

    private static List<String> texts(JsonObject answer) {
        JsonValue translated = answer.get("translatedText");
        if (translated instanceof JsonArray array) {
            return array.getValuesAs(JsonString::getString);
        }
        return translated instanceof JsonString text ? List.of(text.getString()) : List.of();
    }

    private TranslationException refusal(int status) {
        String message = description() + " answered " + status + ". ";
        return switch (status) {
            case 400 ->
                new TranslationException(
                        Kind.REFUSED, message + "It may not have this language: see its /languages.", null);
            case 401, 403 -> new TranslationException(Kind.LASTING, message + "Check TRANSLATION_API_KEY.", null);
            case 404 -> new TranslationException(Kind.LASTING, message + "Check TRANSLATION_URL.", null);
            default -> new TranslationException(Kind.PASSING, message + "It is asked again.", null);
        };
    }

    private TranslationException unreachable(Throwable fault) {
        Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
        String what = cause instanceof IOException ? cause.toString() : "a fault: " + cause;
        return new TranslationException(
                Kind.PASSING, description() + " cannot be reached (" + what + "). Check TRANSLATION_URL.", cause);
    }

    private TranslationException broken(String what, Throwable cause) {
        return new TranslationException(Kind.PASSING, description() + ": " + what + ".", cause);
    }
}
