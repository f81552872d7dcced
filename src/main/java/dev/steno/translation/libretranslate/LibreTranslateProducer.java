package dev.steno.translation.libretranslate;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import dev.steno.threads.ContainerThreads;
import dev.steno.translation.ByLibreTranslate;
import dev.steno.translation.Translator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;

/** Makes the translator when it is first asked for. */
@ApplicationScoped
public class LibreTranslateProducer {
    static final String TRANSLATION_URL = "TRANSLATION_URL";
    private static final String TRANSLATION_API_KEY = "TRANSLATION_API_KEY";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    @Produces
    @ByLibreTranslate
    Translator translator(Settings settings, ContainerThreads threads) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .executor(threads.pool("translation-http", 2))
                .build();
        return new LibreTranslateTranslator(http, url(settings), settings.secret(TRANSLATION_API_KEY));
    }

    static URI url(Settings settings) {
        String text = settings.text(TRANSLATION_URL, "");
        String allowed = "with TRANSLATION=libretranslate, the address of the server, such as http://localhost:5000";
        try {
            URI url = URI.create(text);
            if (url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(TRANSLATION_URL, text, allowed, e);
        }
        throw new InvalidSettingException(TRANSLATION_URL, text, allowed);
    }
}
