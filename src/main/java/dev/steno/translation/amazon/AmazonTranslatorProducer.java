package dev.steno.translation.amazon;

import dev.steno.aws.AwsSettings;
import dev.steno.threads.ContainerThreads;
import dev.steno.translation.ByAmazon;
import dev.steno.translation.Translator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.translate.TranslateClient;

/** Makes the one client of Amazon Translate when it is first asked for. */
@ApplicationScoped
public class AmazonTranslatorProducer {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    /** A sentence takes a fraction of a second. */
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(15);

    /** One request at a time for each pair of languages. */
    private static final int THREADS = 4;

    @Produces
    @ByAmazon
    Translator translator(AwsSettings aws, ContainerThreads threads) {
        return new AmazonTranslator(client(aws, threads), threads.pool("translate", THREADS));
    }

    private static TranslateClient client(AwsSettings aws, ContainerThreads threads) {
        return aws.configure(TranslateClient.builder(), aws.translateEndpoint(), TranslateClient.SERVICE_METADATA_ID)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(CALL_TIMEOUT))
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .apiCallTimeout(CALL_TIMEOUT)
                        .scheduledExecutorService(threads.timer("translate-time", 1))
                        .build())
                .build();
    }
}
