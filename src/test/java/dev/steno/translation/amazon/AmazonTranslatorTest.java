package dev.steno.translation.amazon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.testing.translation.TranslationServer;
import dev.steno.translation.TranslationException;
import dev.steno.translation.TranslationException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.translate.TranslateClient;
import software.amazon.awssdk.services.translate.model.InternalServerException;
import software.amazon.awssdk.services.translate.model.TooManyRequestsException;
import software.amazon.awssdk.services.translate.model.TranslateException;
import software.amazon.awssdk.services.translate.model.UnsupportedLanguagePairException;

class AmazonTranslatorTest {
    private final TranslationServer server = TranslationServer.start();
    private final TranslateClient client = TranslateClient.builder()
            .region(Region.EU_CENTRAL_1)
            .endpointOverride(server.base())
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    private final AmazonTranslator translator = new AmazonTranslator(client, Runnable::run);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void translates_by_the_service_and_its_codes() throws Exception {
        assertThat(translator
                        .translate(List.of("hello"), "en-US", "fr-CA")
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS))
                .containsExactly("fr-CA: hello");
        assertThat(server.requests().get(0).getString("SourceLanguageCode")).isEqualTo("en");
    }

    @Test
    void a_refusal_is_an_exception_of_the_port() {
        server.fail(403);
        assertThat(translator.translate(List.of("hello"), "en-US", "fr").toCompletableFuture())
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(TranslationException.class);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void says_what_helps(SdkException fault, Kind kind) {
        assertThat(AmazonTranslator.failure(fault).kind()).isEqualTo(kind);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(
                        UnsupportedLanguagePairException.builder().message("x").build(), Kind.REFUSED),
                Arguments.of(TooManyRequestsException.builder().message("x").build(), Kind.PASSING),
                Arguments.of(InternalServerException.builder().message("x").build(), Kind.PASSING),
                Arguments.of(
                        TranslateException.builder()
                                .statusCode(403)
                                .message("x")
                                .build(),
                        Kind.LASTING),
                Arguments.of(SdkClientException.create("no network"), Kind.PASSING));
    }

    @ParameterizedTest
    @CsvSource({"en-US, en", "zh-TW, zh-TW", "zh-CN, zh", "fr-CA, fr-CA", "auto, auto"})
    void knows_its_codes(String language, String code) {
        assertThat(AmazonTranslator.code(language)).isEqualTo(code);
    }
}
