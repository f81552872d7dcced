package dev.steno.archive.s3;

import dev.steno.aws.AwsSettings;
import dev.steno.configuration.Settings;
import dev.steno.threads.ContainerThreads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;

/** Makes the one client of S3 when it is first used, and closes it with the application. */
@ApplicationScoped
public class S3ClientProducer {
    /** A far region and a slow proxy answer well within this; a dead address leaves time for other tries. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /** A last resort: each call has time-outs of its own, which know how much there is to send. */
    private static final Duration SOCKET_TIMEOUT = Duration.ofMinutes(2);

    @Produces
    @Singleton
    S3Bucket bucket(Settings settings) {
        return S3Bucket.of(settings);
    }

    @Produces
    @ApplicationScoped
    S3Client client(AwsSettings aws, S3Bucket bucket, S3Encryption encryption, ContainerThreads threads) {
        return client(aws, bucket, encryption, threads.timer("s3-time", 1));
    }

    @Produces
    @Singleton
    S3Encryption encryption(Settings settings) {
        return new S3Encryption(settings);
    }

    void close(@Disposes S3Client client) {
        client.close();
    }

    /** @param timer only ends calls that take too long */
    static S3Client client(AwsSettings aws, S3Bucket bucket, S3Encryption encryption, ScheduledExecutorService timer) {
        return aws.configure(S3Client.builder(), aws.s3Endpoint(), S3Client.SERVICE_METADATA_ID)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(SOCKET_TIMEOUT))
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .scheduledExecutorService(timer)
                        .addExecutionInterceptor(new WithoutExpectation())
                        .addExecutionInterceptor(encryption)
                        .build())
                .forcePathStyle(bucket.pathStyle())
                // Checksums travel as Content-MD5, and bodies in one piece: every store understands that.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .serviceConfiguration(
                        S3Configuration.builder().chunkedEncodingEnabled(false).build())
                .build();
    }
}
