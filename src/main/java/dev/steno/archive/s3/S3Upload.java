package dev.steno.archive.s3;

import dev.steno.archive.TranscriptDocuments;
import dev.steno.spool.WavFile;
import dev.steno.transcript.SessionId;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Uploads a file in parts. S3 itself remembers what has arrived: a try after an outage, or after the death of the
 * process, asks for the upload under its name and sends what is missing. That name is claimed by one recording, so
 * every upload under it is its own.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html">multipart uploads</a>
 */
final class S3Upload {
    private static final System.Logger LOG = System.getLogger(S3Upload.class.getName());

    private final S3Client client;
    private final S3Bucket bucket;
    private final int partBytes;
    /** Whether the credentials, or the store, do not permit to ask for uploads. */
    private final AtomicBoolean unlisted = new AtomicBoolean();

    S3Upload(S3Client client, S3Bucket bucket, int partBytes) {
        this.client = client;
        this.bucket = bucket;
        this.partBytes = partBytes;
    }

    void put(String key, SessionId session, WavFile audio) {
        String id = begun(key).stream().findFirst().orElseGet(() -> create(key, session));
        try {
            complete(key, id, parts(key, id, audio));
        } catch (SdkException e) {
            if (unlisted.get()) { // the next try would not find it
                abort(key, id);
            }
            throw e;
        }
        abortAll(key); // one whose answer was lost when it was created
    }

    private String create(String key, SessionId session) {
        return client.createMultipartUpload(request -> request.bucket(bucket.name())
                        .key(key)
                        .contentType(TranscriptDocuments.AUDIO_TYPE)
                        .metadata(Map.of(S3Objects.SESSION_ID, session.toString()))
                        .overrideConfiguration(S3Objects.timeouts(0)))
                .uploadId();
    }

    private List<CompletedPart> parts(String key, String id, WavFile audio) {
        Map<Integer, Part> arrived = arrived(key, id);
        List<CompletedPart> parts = new ArrayList<>();
        for (long first = 0; first < audio.bytes(); first += partBytes) {
            int number = parts.size() + 1;
            long bytes = Math.min(partBytes, audio.bytes() - first);
            Part there = arrived.get(number);
            String tag = there != null && there.size() == bytes
                    ? there.eTag()
                    : send(key, id, number, new Piece(audio, first, bytes));
            parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
        }
        return parts;
    }

    /** What becomes one part. */
    private record Piece(WavFile audio, long first, long bytes) {}

    private String send(String key, String id, int number, Piece piece) {
        return client.uploadPart(
                        request -> request.bucket(bucket.name())
                                .key(key)
                                .uploadId(id)
                                .partNumber(number)
                                .contentMD5(S3Audio.md5(piece.audio(), piece.first(), piece.bytes()))
                                .overrideConfiguration(S3Objects.timeouts((int) piece.bytes())),
                        S3Audio.body(piece.audio(), piece.first(), piece.bytes()))
                .eTag();
    }

    private Map<Integer, Part> arrived(String key, String id) {
        Map<Integer, Part> arrived = new HashMap<>();
        if (!unlisted.get()) {
            client.listPartsPaginator(request -> request.bucket(bucket.name())
                            .key(key)
                            .uploadId(id)
                            .overrideConfiguration(S3Objects.timeouts(0)))
                    .parts()
                    .forEach(part -> arrived.put(part.partNumber(), part));
        }
        return arrived;
    }

    /** S3 puts the parts together, for which it may take a while. */
    private void complete(String key, String id, List<CompletedPart> parts) {
        client.completeMultipartUpload(request -> request.bucket(bucket.name())
                .key(key)
                .uploadId(id)
                .multipartUpload(upload -> upload.parts(parts))
                .overrideConfiguration(S3Objects.timeouts(partBytes)));
    }

    /** Ids of uploads under this name. */
    private List<String> begun(String key) {
        if (unlisted.get()) {
            return List.of();
        }
        try {
            return client
                    .listMultipartUploads(request ->
                            request.bucket(bucket.name()).prefix(key).overrideConfiguration(S3Objects.timeouts(0)))
                    .uploads()
                    .stream()
                    .filter(upload -> upload.key().equals(key))
                    .map(MultipartUpload::uploadId)
                    .toList();
        } catch (S3Exception e) {
            if (e.statusCode() != 403 && e.statusCode() != 501 && e.statusCode() != 405) {
                throw e;
            }
            giveUpLists();
            return List.of();
        }
    }

    private void giveUpLists() {
        if (unlisted.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "The bucket {0} does not tell which uploads have begun, so one that is interrupted begins again, and a"
                            + " process that is killed leaves its parts. Allow s3:ListBucketMultipartUploads,"
                            + " s3:ListMultipartUploadParts and s3:AbortMultipartUpload, and let a lifecycle rule abort"
                            + " incomplete uploads.",
                    bucket.name());
        }
    }

    /** Nothing is left of uploads under this name. */
    void abortAll(String key) {
        begun(key).forEach(id -> abort(key, id));
    }

    private void abort(String key, String id) {
        try {
            client.abortMultipartUpload(request ->
                    request.bucket(bucket.name()).key(key).uploadId(id).overrideConfiguration(S3Objects.timeouts(0)));
        } catch (SdkException e) {
            LOG.log(
                    Level.WARNING,
                    "The upload {0} of {1} cannot be aborted: {2}. A lifecycle rule of the bucket can do it.",
                    id,
                    key,
                    e.getMessage());
        }
    }
}
