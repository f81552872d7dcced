package dev.steno.archive.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.spool.WavFile;
import dev.steno.testing.s3.Fault;
import dev.steno.testing.s3.S3Server;
import dev.steno.transcript.SessionId;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Uploads in parts where something is in the way; the rest is in {@link S3TranscriptArchiveTest}. */
class S3UploadTest {
    private static final String KEY = "20241215_143022.wav";
    private static final int PART_BYTES = S3ArchiveUnderTest.PART_BYTES;

    private final S3Server s3 = S3Server.start();
    private final S3ArchiveUnderTest underTest = new S3ArchiveUnderTest(s3, Map.of());
    private final S3Bucket bucket = new S3Bucket(S3Server.BUCKET, "", true);
    private final SessionId session = SessionId.random();

    @TempDir
    private Path folder;

    private WavFile wav;

    @BeforeEach
    void record() throws IOException {
        byte[] content = new byte[2 * PART_BYTES + 10];
        new Random(1).nextBytes(content);
        wav = new WavFile(Files.write(folder.resolve("a.wav"), content), content.length);
    }

    @AfterEach
    void stop() {
        underTest.close();
        s3.close();
    }

    @Test
    void leaves_no_parts_where_it_may_not_ask_for_its_uploads() throws Exception {
        S3Upload upload = new S3Upload(withoutLists(underTest.client()), bucket, PART_BYTES);
        s3.play(Fault.NONE, Fault.DENIED);

        assertThatThrownBy(() -> upload.put(KEY, session, wav)).isInstanceOf(SdkException.class);
        assertThat(s3.uploads()).isZero();
        upload.put(KEY, session, wav);

        assertThat(s3.bytes(KEY)).contains(Files.readAllBytes(wav.path()));
        assertThat(s3.uploads()).isZero();
    }

    @Test
    void aborts_other_uploads_of_its_name_and_of_no_other() throws Exception {
        for (String key : new String[] {KEY, KEY, KEY + ".bak"}) {
            underTest.client().createMultipartUpload(request -> request.bucket(bucket.name())
                    .key(key));
        }

        new S3Upload(underTest.client(), bucket, PART_BYTES).put(KEY, session, wav);

        assertThat(s3.bytes(KEY)).contains(Files.readAllBytes(wav.path()));
        assertThat(s3.uploads()).as("that of another name").isEqualTo(1);
    }

    @Test
    void sends_a_part_again_that_has_another_size() throws Exception {
        Path half = folder.resolve("half.wav");
        Files.write(half, new byte[PART_BYTES + 7]);
        S3Upload upload = new S3Upload(underTest.client(), bucket, PART_BYTES);
        String id = underTest
                .client()
                .createMultipartUpload(request -> request.bucket(bucket.name()).key(KEY))
                .uploadId();
        underTest
                .client()
                .uploadPart(
                        request -> request.bucket(bucket.name())
                                .key(KEY)
                                .uploadId(id)
                                .partNumber(1),
                        half);

        upload.put(KEY, session, wav);

        assertThat(s3.bytes(KEY)).contains(Files.readAllBytes(wav.path()));
    }

    /** As credentials without s3:ListBucketMultipartUploads. */
    private static S3Client withoutLists(S3Client client) {
        return (S3Client) Proxy.newProxyInstance(
                S3Client.class.getClassLoader(), new Class<?>[] {S3Client.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("listMultipartUploads")) {
                        throw S3Exception.builder()
                                .statusCode(403)
                                .message("AccessDenied")
                                .build();
                    }
                    try {
                        return method.invoke(client, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
