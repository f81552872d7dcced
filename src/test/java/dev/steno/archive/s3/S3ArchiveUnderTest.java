package dev.steno.archive.s3;

import dev.steno.archive.TranscriptArchive;
import dev.steno.aws.AwsSettings;
import dev.steno.configuration.Settings;
import dev.steno.testing.s3.S3Server;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import software.amazon.awssdk.services.s3.S3Client;

/** An archive in S3, put together as in the container. */
public final class S3ArchiveUnderTest implements AutoCloseable {
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final S3Client client;
    private final S3TranscriptArchive archive = new S3TranscriptArchive();

    /** @param overrides what is not as the server says, by configuration key */
    public S3ArchiveUnderTest(S3Server server, Map<String, String> overrides) {
        Map<String, String> values = new HashMap<>(server.settings());
        values.putAll(overrides);
        Settings settings = new Settings(key -> Optional.ofNullable(values.get(key)));
        S3Bucket bucket = S3Bucket.of(settings);
        client = S3ClientProducer.client(new AwsSettings(settings), bucket, timer);
        archive.use(bucket, new S3Objects(client, bucket));
    }

    public TranscriptArchive archive() {
        return archive;
    }

    @Override
    public void close() {
        client.close();
        timer.shutdownNow();
    }
}
