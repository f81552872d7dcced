package dev.steno.recognition.amazon;

import dev.steno.aws.AwsSettings;
import dev.steno.recognition.StreamLimits;
import dev.steno.threads.ContainerThreads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.services.transcribestreaming.TranscribeStreamingAsyncClient;

/**
 * Makes the one client of Amazon Transcribe when it is first used, which the warm-up does, and closes it with the
 * application.
 */
@ApplicationScoped
public class TranscribeClientProducer {
    /** A far region and a slow proxy answer well within this; the session has audio for 45 s in its buffer. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** An unanswered HTTP/2 ping shows a dead connection, also while nobody speaks. Long enough for a busy machine. */
    private static final Duration PING_PERIOD = Duration.ofSeconds(10);

    /** None: a stream in which nobody speaks may be silent for long. Pings and the session's watchdog see the rest. */
    private static final Duration NO_READ_TIMEOUT = Duration.ZERO;

    /** None: it would be a timer for each chunk. The session notices a service that takes no audio. */
    private static final Duration NO_WRITE_TIMEOUT = Duration.ZERO;

    /** Calls are placed here, which takes a while where credentials come over the network; time-outs are short. */
    private static final int THREADS = 4;

    @Produces
    @ForTranscribe
    @Singleton
    ScheduledExecutorService executor(ContainerThreads threads) {
        return threads.timer("transcribe", THREADS);
    }

    @Produces
    @ApplicationScoped
    TranscribeStreamingAsyncClient client(
            AwsSettings aws, StreamLimits limits, @ForTranscribe ScheduledExecutorService scheduler) {
        return client(aws, limits.streams(), scheduler);
    }

    void close(@Disposes TranscribeStreamingAsyncClient client) {
        client.close();
    }

    static TranscribeStreamingAsyncClient client(AwsSettings aws, int streams, ScheduledExecutorService scheduler) {
        // A builder, not a client of ours, so that the SDK adds what the service needs (HTTP/2, event streams).
        return aws.configure(
                        TranscribeStreamingAsyncClient.builder(),
                        aws.transcribeEndpoint(),
                        TranscribeStreamingAsyncClient.SERVICE_METADATA_ID)
                .httpClientBuilder(http(streams))
                .overrideConfiguration(behaviour(scheduler))
                .asyncConfiguration(async -> async.advancedOption(
                        // Nothing here blocks: answers are handled where they arrive, without another pool.
                        SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, Runnable::run))
                .build();
    }

    private static NettyNioAsyncHttpClient.Builder http(int streams) {
        return NettyNioAsyncHttpClient.builder()
                .eventLoopGroupBuilder(SdkEventLoopGroup.builder()
                        .numberOfThreads(Runtime.getRuntime().availableProcessors())
                        .channelFactory(BrokenStreamHandler::connection))
                // Twice the streams: a broken one's connection may still be closing while the next one opens.
                .maxConcurrency(2 * streams)
                .connectionTimeout(CONNECT_TIMEOUT)
                .tlsNegotiationTimeout(CONNECT_TIMEOUT)
                .connectionAcquisitionTimeout(CONNECT_TIMEOUT.multipliedBy(2))
                .readTimeout(NO_READ_TIMEOUT)
                .writeTimeout(NO_WRITE_TIMEOUT)
                // AWS serves one stream on a connection.
                .http2Configuration(http2 -> http2.maxStreams(1L).healthCheckPingPeriod(PING_PERIOD));
    }

    /** The SDK's retries would send audio twice: the session tries again, from its own buffer. */
    private static ClientOverrideConfiguration behaviour(ScheduledExecutorService scheduler) {
        return ClientOverrideConfiguration.builder()
                .retryStrategy(AwsRetryStrategy.doNotRetry())
                .scheduledExecutorService(scheduler)
                .build();
    }
}
