package dev.steno.archive.s3;

import dev.steno.archive.ArchiveException;
import dev.steno.archive.InBucket;
import dev.steno.archive.KeyTakenException;
import dev.steno.archive.StoredTranscript;
import dev.steno.archive.TranscriptArchive;
import dev.steno.archive.TranscriptDocuments;
import dev.steno.archive.TranscriptDocuments.Document;
import dev.steno.transcript.SessionId;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Keeps transcripts as objects in a bucket. Each object says which session stored it: that is how a put whose answer
 * was lost is known again, so {@link TranscriptDocuments#triedBefore} need not be asked.
 */
@InBucket
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class S3TranscriptArchive implements TranscriptArchive {
    private S3Bucket bucket;
    private S3Objects objects;
    private S3Audio audio;

    /** Not a constructor, because not every server makes session beans by another than the empty one. */
    @Inject
    void use(S3Bucket configured, S3Objects stored, S3Audio storedAudio) {
        bucket = configured;
        objects = stored;
        audio = storedAudio;
    }

    @Override
    public String description() {
        return bucket.location(bucket.prefix());
    }

    @Override
    public String keyPrefix() {
        return bucket.prefix();
    }

    @Override
    public StoredTranscript store(TranscriptDocuments documents) throws ArchiveException {
        List<Document> all = documents.documents();
        SessionId session = documents.sessionId();
        String text = key(documents, all.get(0));
        try {
            S3Objects.Claim claim = objects.claim(
                    text, session, all.get(0).contentType(), all.get(0).content());
            if (claim == S3Objects.Claim.TAKEN) {
                throw new KeyTakenException(text);
            }
            if (claim == S3Objects.Claim.LONGER) {
                return new StoredTranscript(text, bucket.location(text));
            }
            if (documents.audio().isPresent()) {
                String key = documents.stem() + "." + TranscriptDocuments.AUDIO;
                audio.put(key, session, documents.audio().get(), documents.triedBefore());
            }
            for (Document beside : all.subList(1, all.size())) { // the text has claimed their names as well
                objects.put(key(documents, beside), session, beside.contentType(), beside.content());
            }
            return new StoredTranscript(text, bucket.location(text));
        } catch (SdkException e) {
            throw S3Failures.of(e, bucket);
        } catch (UncheckedIOException e) {
            throw new ArchiveException("The audio in JOURNAL_DIR cannot be read: " + e.getCause(), true, e);
        }
    }

    @Override
    public void addBeside(StoredTranscript transcript, SessionId session, Document document) throws ArchiveException {
        try {
            objects.put(
                    transcript.stem() + "." + document.extension(),
                    session,
                    document.contentType(),
                    document.content());
        } catch (SdkException e) {
            throw S3Failures.of(e, bucket);
        }
    }

    private static String key(TranscriptDocuments documents, Document document) {
        return documents.stem() + "." + document.extension();
    }
}
