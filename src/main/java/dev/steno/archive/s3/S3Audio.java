package dev.steno.archive.s3;

import dev.steno.archive.TranscriptDocuments;
import dev.steno.files.FilePart;
import dev.steno.spool.WavFile;
import dev.steno.transcript.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.utils.Md5Utils;

/**
 * Audio in the bucket: short files in one piece, longer ones in parts. The file is read from disk as it is sent. Calls
 * block; each throws {@link SdkException} when S3 refuses or does not answer, and the next try goes on with the parts
 * that S3 has.
 */
@ApplicationScoped
public class S3Audio {
    /**
     * S3 takes 10 000 parts of 5 MiB or more; this is four minutes of audio, and half a minute on a line of 2 Mbit/s.
     */
    private static final int PART_BYTES = 8 << 20;

    private final S3Client client;
    private final S3Bucket bucket;
    private final int partBytes;
    private final S3Upload upload;

    protected S3Audio() { // for the container's proxy
        client = null;
        bucket = null;
        partBytes = 0;
        upload = null;
    }

    @Inject
    S3Audio(S3Client client, S3Bucket bucket) {
        this(client, bucket, PART_BYTES);
    }

    S3Audio(S3Client client, S3Bucket bucket, int partBytes) {
        this.client = client;
        this.bucket = bucket;
        this.partBytes = partBytes;
        upload = new S3Upload(client, bucket, partBytes);
    }

    /**
     * Stores audio under a name that the session has claimed.
     *
     * @param triedBefore whether an earlier try may have stored it, or a part of it
     */
    void put(String key, SessionId session, WavFile audio, boolean triedBefore) {
        if (triedBefore && isStored(key, session, audio)) {
            upload.abortAll(key);
        } else if (audio.bytes() > partBytes) {
            upload.put(key, session, audio);
        } else {
            putWhole(key, session, audio);
        }
    }

    private boolean isStored(String key, SessionId session, WavFile audio) {
        return head(key)
                .filter(object -> object.contentLength() == audio.bytes())
                .filter(object -> session.toString().equals(object.metadata().get(S3Objects.SESSION_ID)))
                .isPresent();
    }

    private void putWhole(String key, SessionId session, WavFile audio) {
        client.putObject(
                request -> request.bucket(bucket.name())
                        .key(key)
                        .contentType(TranscriptDocuments.AUDIO_TYPE)
                        .contentMD5(md5(audio, 0, audio.bytes()))
                        .metadata(Map.of(S3Objects.SESSION_ID, session.toString()))
                        .overrideConfiguration(S3Objects.timeouts((int) audio.bytes())),
                body(audio, 0, audio.bytes()));
    }

    /** A part of the file, read again for each try. */
    static RequestBody body(WavFile audio, long first, long bytes) {
        return RequestBody.fromContentProvider(() -> open(audio, first, bytes), bytes, TranscriptDocuments.AUDIO_TYPE);
    }

    static String md5(WavFile audio, long first, long bytes) {
        try (InputStream part = open(audio, first, bytes)) {
            return Md5Utils.md5AsBase64(part);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(WavFile audio, long first, long bytes) {
        try {
            return FilePart.open(audio.path(), first, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Size of an object; empty if there is none. */
    Optional<Long> bytes(String key) {
        return head(key).map(HeadObjectResponse::contentLength);
    }

    /** A part of an object, which S3 sends as it is read. */
    InputStream open(String key, long first, long last) {
        ResponseInputStream<GetObjectResponse> part = client.getObject(request -> request.bucket(bucket.name())
                .key(key)
                .range("bytes=" + first + "-" + last)
                .overrideConfiguration(S3Objects.timeouts(0)));
        return new S3Part(part);
    }

    private Optional<HeadObjectResponse> head(String key) {
        try {
            return Optional.of(client.headObject(
                    request -> request.bucket(bucket.name()).key(key).overrideConfiguration(S3Objects.timeouts(0))));
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
