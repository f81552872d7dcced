package dev.steno.archive.s3;

import dev.steno.archive.ArchivedTranscripts;
import dev.steno.archive.TranscriptArchive;
import dev.steno.aws.AwsSettings;
import dev.steno.configuration.Settings;
import dev.steno.testing.s3.S3Server;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** An archive in S3, put together as in the container. */
public final class S3ArchiveUnderTest implements AutoCloseable {
    /** The least that S3 takes. */
    public static final int PART_BYTES = 5 << 20;

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final S3Client client;
    private final S3TranscriptArchive archive = new S3TranscriptArchive();
    private final S3Transcripts transcripts;
    private final String bucketName;

    /** @param overrides what is not as the server says, by configuration key */
    public S3ArchiveUnderTest(S3Server server, Map<String, String> overrides) {
        this(merged(server.settings(), overrides));
    }

    private static Map<String, String> merged(Map<String, String> settings, Map<String, String> overrides) {
        Map<String, String> values = new HashMap<>(settings);
        values.putAll(overrides);
        return values;
    }

    public S3ArchiveUnderTest(Map<String, String> values) {
        Settings settings = new Settings(key -> Optional.ofNullable(values.get(key)));
        S3Bucket bucket = S3Bucket.of(settings);
        client = S3ClientProducer.client(new AwsSettings(settings), bucket, new S3Encryption(settings), timer);
        S3Objects objects = new S3Objects(client, bucket);
        S3Audio audio = new S3Audio(client, bucket, PART_BYTES);
        archive.use(bucket, objects, audio);
        transcripts = new S3Transcripts(client, bucket, objects, audio);
        bucketName = bucket.name();
    }

    public TranscriptArchive archive() {
        return archive;
    }

    public ArchivedTranscripts transcripts() {
        return transcripts;
    }

    S3Client client() {
        return client;
    }

    /** Stores something that Steno did not. */
    public void place(String key, String content) {
        client.putObject(put -> put.bucket(bucketName).key(key), RequestBody.fromString(content));
    }

    @Override
    public void close() {
        client.close();
        timer.shutdownNow();
    }
}
