package dev.steno.archive.s3;

import dev.steno.transcript.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.utils.BinaryUtils;
import software.amazon.awssdk.utils.Md5Utils;

/**
 * The bucket's objects, each with the id of the session that stored it. Calls block; each throws {@link SdkException}
 * when S3 refuses or does not answer.
 */
@ApplicationScoped
public class S3Objects {
    /** The client waits up to 10 s before it is told of a delay: this leaves room for a second and a third try. */
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(3);

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(8);

    /** Hours of words are megabytes: each of these gets a second more, which a line of 2 Mbit/s needs. */
    private static final int BYTES_PER_SECOND = 256 * 1024;

    static final String SESSION_ID = "session-id";
    private static final System.Logger LOG = System.getLogger(S3Objects.class.getName());

    private final S3Client client;
    private final S3Bucket bucket;
    private final AtomicBoolean unconditional = new AtomicBoolean();

    protected S3Objects() { // for the container's proxy
        this(null, null);
    }

    @Inject
    S3Objects(S3Client client, S3Bucket bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    /** What became of a claim to a name. */
    enum Claim {
        STORED,
        /** Another session has the name. */
        TAKEN,
        /** The same session's object is there, and says more. */
        LONGER
    }

    /**
     * Stores an object under a name that must be free, or hold the same session's object. Of two of the same session
     * the longer one stays: a node that was dead may come with less than the others archived meanwhile.
     */
    Claim claim(String key, SessionId session, String contentType, String content) {
        if (!unconditional.get()) {
            try {
                put(key, session, contentType, content, true);
                return Claim.STORED;
            } catch (S3Exception e) {
                if (e.statusCode() == 412) { // perhaps by a put of its own whose answer was lost
                    return claim(head(key).orElseThrow(() -> e), key, session, contentType, content);
                }
                if (e.statusCode() != 501) {
                    throw e;
                }
                giveUpConditions();
            }
        }
        Optional<HeadObjectResponse> holder = head(key);
        if (holder.isPresent()) {
            return claim(holder.get(), key, session, contentType, content);
        }
        put(key, session, contentType, content);
        return Claim.STORED;
    }

    private Claim claim(HeadObjectResponse holder, String key, SessionId session, String contentType, String content) {
        if (!session.toString().equals(holder.metadata().get(SESSION_ID))) {
            return Claim.TAKEN;
        }
        int bytes = content.getBytes(StandardCharsets.UTF_8).length;
        if (holder.contentLength() < bytes) {
            put(key, session, contentType, content);
        }
        return holder.contentLength() > bytes ? Claim.LONGER : Claim.STORED;
    }

    /** Stores an object, in the place of an older one of that name. */
    void put(String key, SessionId session, String contentType, String content) {
        put(key, session, contentType, content, false);
    }

    private void put(String key, SessionId session, String contentType, String content, boolean onlyIfFree) {
        put(key, Optional.of(session), contentType, content, request -> {
            if (onlyIfFree) {
                request.ifNoneMatch("*");
            }
        });
    }

    /**
     * Stores an object in the place of one that has not changed.
     *
     * @param expected the revision that must still be there; empty if there must be no object of this name
     * @return the new revision; empty if another one is there, or none
     */
    Optional<String> replace(
            String key, Optional<SessionId> session, String contentType, String content, Optional<String> expected) {
        if (!unconditional.get()) {
            try {
                return Optional.of(put(
                        key,
                        session,
                        contentType,
                        content,
                        request -> expected.ifPresentOrElse(
                                revision -> request.ifMatch('"' + revision + '"'), () -> request.ifNoneMatch("*"))));
            } catch (S3Exception e) {
                if (e.statusCode() == 404) {
                    return Optional.empty();
                }
                if (e.statusCode() == 412) { // perhaps by a put of its own whose answer was lost
                    return revision(key).filter(md5(content)::equals);
                }
                if (e.statusCode() != 501) {
                    throw e;
                }
                giveUpConditions();
            }
        }
        return revision(key).equals(expected)
                ? Optional.of(put(key, session, contentType, content, request -> {}))
                : Optional.empty();
    }

    /** Stores an object, whatever is there. */
    String overwrite(String key, Optional<SessionId> session, String contentType, String content) {
        return put(key, session, contentType, content, request -> {});
    }

    private String put(
            String key,
            Optional<SessionId> session,
            String contentType,
            String content,
            Consumer<PutObjectRequest.Builder> condition) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(bucket.name())
                .key(key)
                .contentType(contentType)
                .contentMD5(Md5Utils.md5AsBase64(bytes)) // buckets with object lock insist on it
                .metadata(session.map(id -> Map.of(SESSION_ID, id.toString())).orElse(Map.of()))
                .overrideConfiguration(timeouts(bytes.length));
        condition.accept(request);
        return S3Keys.revision(
                client.putObject(request.build(), RequestBody.fromBytes(bytes)).eTag());
    }

    /** The session that stored an object; empty without such an object, blank if it is not one of Steno's. */
    private Optional<String> revision(String key) {
        return head(key).map(object -> S3Keys.revision(object.eTag()));
    }

    private Optional<HeadObjectResponse> head(String key) {
        HeadObjectRequest request = HeadObjectRequest.builder()
                .bucket(bucket.name())
                .key(key)
                .overrideConfiguration(timeouts(0))
                .build();
        try {
            return Optional.of(client.headObject(request));
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * What S3 names most objects by: those that it encrypts with a key of KMS it names otherwise, and then this is no
     * match.
     */
    private static String md5(String content) {
        return BinaryUtils.toHex(Md5Utils.computeMD5Hash(content.getBytes(StandardCharsets.UTF_8)));
    }

    private void giveUpConditions() {
        if (unconditional.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "The store of bucket {0} knows no conditional put. Steno now looks whether a name is free before it"
                            + " puts: two nodes that record into one prefix in the same second may overwrite each"
                            + " other. Give each node an S3_PREFIX of its own.",
                    bucket.name());
        }
    }

    static AwsRequestOverrideConfiguration timeouts(int bytes) {
        Duration transfer = Duration.ofSeconds(bytes / BYTES_PER_SECOND);
        return AwsRequestOverrideConfiguration.builder()
                .apiCallAttemptTimeout(ATTEMPT_TIMEOUT.plus(transfer))
                .apiCallTimeout(CALL_TIMEOUT.plus(transfer))
                .build();
    }
}
