package dev.steno.archive.s3;

import dev.steno.archive.ArchiveException;
import dev.steno.archive.ArchivedAudio;
import dev.steno.archive.ArchivedTranscript;
import dev.steno.archive.ArchivedTranscripts;
import dev.steno.archive.DocumentName;
import dev.steno.archive.InBucket;
import dev.steno.archive.ListRange;
import dev.steno.archive.ListedTranscript;
import dev.steno.archive.RevisionConflictException;
import dev.steno.archive.TranscriptDocuments;
import dev.steno.archive.TranscriptDocuments.Document;
import dev.steno.archive.TranscriptJson;
import dev.steno.archive.TranscriptStem;
import dev.steno.transcript.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Reads and rewrites the transcripts of a bucket. Of two that write one at the same time, the bucket lets one do it.
 */
@InBucket
@ApplicationScoped
public class S3Transcripts implements ArchivedTranscripts {
    /** Bytes of eight hours of words; the time-out of a read is made for so many. */
    private static final int LONGEST = 4 << 20;

    private final S3Client client;
    private final S3Bucket bucket;
    private final S3Objects objects;
    private final S3Audio audio;
    private final S3List list;

    protected S3Transcripts() { // for the container's proxy
        client = null;
        bucket = null;
        objects = null;
        audio = null;
        list = null;
    }

    @Inject
    S3Transcripts(S3Client client, S3Bucket bucket, S3Objects objects, S3Audio audio) {
        this.audio = audio;
        this.client = client;
        this.bucket = bucket;
        this.objects = objects;
        list = new S3List(client, bucket, InstantSource.system());
    }

    @Override
    public List<ListedTranscript> list(ListRange range, int limit) throws ArchiveException {
        return ask(() -> list.newest(range, limit));
    }

    @Override
    public Optional<ArchivedTranscript> read(TranscriptStem stem) throws ArchiveException {
        Optional<ListedTranscript> listed = ask(
                () -> S3Keys.transcripts(bucket, everythingOf(stem)).stream().findFirst());
        return listed.isPresent() ? read(listed.get()) : Optional.empty();
    }

    @Override
    public Optional<ArchivedTranscript> read(ListedTranscript listed) throws ArchiveException {
        return ask(() -> get(listed));
    }

    private Optional<ArchivedTranscript> get(ListedTranscript listed) {
        boolean isJson = listed.extensions().contains(DocumentName.JSON);
        String key = key(listed.stem(), isJson ? DocumentName.JSON : DocumentName.TEXT);
        try {
            ResponseBytes<GetObjectResponse> object = client.getObjectAsBytes(
                    get -> get.bucket(bucket.name()).key(key).overrideConfiguration(S3Objects.timeouts(LONGEST)));
            return Optional.of(new ArchivedTranscript(
                    listed,
                    S3Keys.revision(object.response().eTag()),
                    session(object.response()),
                    isJson,
                    new String(object.asByteArray(), StandardCharsets.UTF_8)));
        } catch (S3Exception e) {
            if (e.statusCode() == 404) { // deleted while it was read
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public Optional<ArchivedAudio> audio(TranscriptStem stem) throws ArchiveException {
        String key = key(stem, TranscriptDocuments.AUDIO);
        return ask(() -> audio.bytes(key)).map(bytes -> new ObjectAudio(key, bytes));
    }

    /** Audio in an object. */
    private final class ObjectAudio implements ArchivedAudio {
        private final String key;
        private final long bytes;

        ObjectAudio(String key, long bytes) {
            this.key = key;
            this.bytes = bytes;
        }

        @Override
        public long bytes() {
            return bytes;
        }

        @Override
        public InputStream open(long first, long last) throws ArchiveException {
            return ask(() -> audio.open(key, first, last));
        }
    }

    @Override
    public String writeBack(ArchivedTranscript before, List<Document> documents) throws ArchiveException {
        List<Document> jsonFirst = new ArrayList<>(documents);
        jsonFirst.sort(Comparator.comparing(document -> !document.extension().equals(DocumentName.JSON)));
        TranscriptStem stem = before.stem();
        Optional<SessionId> session = before.isJson() ? TranscriptJson.sessionId(before.content()) : before.session();
        Document json = jsonFirst.get(0);
        Optional<String> expected = before.isJson() ? Optional.of(before.revision()) : Optional.empty();
        Optional<String> written = ask(() ->
                objects.replace(key(stem, json.extension()), session, json.contentType(), json.content(), expected));
        if (written.isEmpty()) {
            throw new RevisionConflictException(stem);
        }
        for (Document beside : jsonFirst.subList(1, jsonFirst.size())) {
            ask(() ->
                    objects.overwrite(key(stem, beside.extension()), session, beside.contentType(), beside.content()));
        }
        return written.get();
    }

    @Override
    public boolean delete(TranscriptStem stem) throws ArchiveException {
        return ask(() -> {
            List<S3Object> all = new ArrayList<>(everythingOf(stem));
            String text = key(stem, DocumentName.TEXT);
            all.sort(Comparator.comparing(object -> object.key().equals(text)));
            all.forEach(object -> client.deleteObject(delete ->
                    delete.bucket(bucket.name()).key(object.key()).overrideConfiguration(S3Objects.timeouts(0))));
            return !all.isEmpty();
        });
    }

    /** A page is enough: each language that a transcript was translated into is one key. */
    private List<S3Object> everythingOf(TranscriptStem stem) {
        return client.listObjectsV2(request -> request.bucket(bucket.name())
                        .prefix(bucket.prefix() + stem + ".")
                        .overrideConfiguration(S3Objects.timeouts(0)))
                .contents();
    }

    private String key(TranscriptStem stem, String extension) {
        return bucket.prefix() + new DocumentName(stem, extension);
    }

    private static Optional<SessionId> session(GetObjectResponse object) {
        try {
            return Optional.ofNullable(object.metadata().get(S3Objects.SESSION_ID))
                    .map(SessionId::parse);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private <T> T ask(Supplier<T> call) throws ArchiveException {
        try {
            return call.get();
        } catch (S3Exception e) {
            throw e.statusCode() == 403 ? notAllowed(e) : S3Failures.of(e, bucket);
        } catch (SdkException e) {
            throw S3Failures.of(e, bucket);
        }
    }

    private ArchiveException notAllowed(S3Exception e) {
        return new ArchiveException(
                "The AWS credentials do not permit to use the library. Allow s3:ListBucket on arn:aws:s3:::"
                        + bucket.name() + ", and s3:GetObject, s3:PutObject and s3:DeleteObject on arn:aws:s3:::"
                        + bucket.name() + "/" + bucket.prefix() + "*.",
                false,
                e);
    }
}
