package dev.steno.translation.libretranslate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.testing.translation.TranslationServer;
import dev.steno.translation.TranslationException;
import dev.steno.translation.TranslationException.Kind;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibreTranslateTranslatorTest {
    private final TranslationServer server = TranslationServer.start();
    private final LibreTranslateTranslator translator = translator(server.base(), Optional.of("secret"));

    private static LibreTranslateTranslator translator(URI base, Optional<String> key) {
        return new LibreTranslateTranslator(HttpClient.newHttpClient(), base, key);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static List<String> ask(LibreTranslateTranslator translator, String... texts) throws Exception {
        return translator
                .translate(List.of(texts), "en-US", "fr")
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    @Test
    void sends_one_text_as_a_string_and_several_as_a_list() throws Exception {
        assertThat(ask(translator, "hello \"you\"")).containsExactly("fr: hello \"you\"");
        JsonObject request = server.requests().get(0);
        assertThat(request.getString("q")).isEqualTo("hello \"you\"");
        assertThat(request.getString("source")).isEqualTo("en");
        assertThat(request.getString("target")).isEqualTo("fr");
        assertThat(request.getString("api_key")).isEqualTo("secret");
        assertThat(ask(translator(URI.create(server.base() + "/"), Optional.empty()), "a", "b"))
                .containsExactly("fr: a", "fr: b");
        assertThat(server.requests().get(1).containsKey("api_key")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"400, REFUSED", "403, LASTING", "404, LASTING", "429, PASSING", "500, PASSING", "503, PASSING"})
    void says_what_helps(int status, Kind kind) {
        server.fail(status);
        assertThat(failure(translator)).extracting(TranslationException::kind).isEqualTo(kind);
    }

    @Test
    void a_server_that_is_not_there_may_come_back() {
        server.close();
        assertThat(failure(translator).kind()).isEqualTo(Kind.PASSING);
        assertThat(failure(translator)).hasMessageContaining("TRANSLATION_URL");
    }

    private static TranslationException failure(LibreTranslateTranslator translator) {
        try {
            ask(translator, "hello");
            throw new AssertionError("It did not fail.");
        } catch (ExecutionException e) {
            return (TranslationException) e.getCause();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"en-US, en", "en, en", "zh-TW, zt", "pt-BR, pt-BR", "auto, auto"})
    void knows_its_codes(String language, String code) {
        assertThat(LibreTranslateTranslator.code(language)).isEqualTo(code);
    }
}
