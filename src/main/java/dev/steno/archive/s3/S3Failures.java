package dev.steno.archive.s3;

import dev.steno.archive.ArchiveException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Why S3 did not take a transcript, and what to check, in words for the log, health data and the client. Pure
 * functions. The service's own text is left out: it may name accounts, users and keys.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">the errors of S3</a>
 */
final class S3Failures {
    private static final String CHECK_CREDENTIALS =
            "Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN or the role.";
    private static final String CHECK_NETWORK =
            "Check AWS_REGION, AWS_ENDPOINT_URL_S3, DNS and the way from this server to S3.";

    private static final String CHECK_ENCRYPTION =
            "If the bucket's policy demands an encryption header, set S3_ENCRYPTION (and S3_KMS_KEY_ID).";

    private S3Failures() {}

    static ArchiveException of(SdkException thrown, S3Bucket bucket) {
        if (thrown instanceof AwsServiceException answer) {
            return refused(answer, bucket);
        }
        if (thrown instanceof ApiCallTimeoutException || thrown instanceof ApiCallAttemptTimeoutException) {
            return passing("S3 did not answer in time. " + CHECK_NETWORK, thrown);
        }
        if (caused(thrown, UnknownHostException.class)) {
            return passing(
                    "The host name of S3 cannot be resolved. " + CHECK_NETWORK
                            + " A store that does not know the bucket as a host needs S3_PATH_STYLE=true.",
                    thrown);
        }
        if (caused(thrown, IOException.class)) {
            return passing("No connection to S3, or it broke. " + CHECK_NETWORK, thrown);
        }
        if (String.valueOf(thrown.getMessage()).contains("Unable to load credentials")) {
            return lasting("No AWS credentials were found. " + CHECK_CREDENTIALS, thrown);
        }
        String kind = thrown.getClass().getSimpleName();
        return lasting("The call to S3 failed (" + kind + "). See the log at LOG_LEVEL=DEBUG.", thrown);
    }

    private static ArchiveException refused(AwsServiceException answer, S3Bucket bucket) {
        Optional<AwsErrorDetails> details = Optional.ofNullable(answer.awsErrorDetails());
        String code = details.map(AwsErrorDetails::errorCode).orElse("HTTP " + answer.statusCode());
        return switch (code) {
            case "NoSuchBucket" ->
                lasting(
                        "The bucket " + bucket.name()
                                + " does not exist. Check S3_BUCKET, AWS_REGION and S3_PATH_STYLE.",
                        answer);
            case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken" ->
                lasting("S3 refused the AWS credentials (" + code + "). " + CHECK_CREDENTIALS, answer);
            case "ExpiredToken" ->
                passing("The AWS credentials have expired (ExpiredToken). " + CHECK_CREDENTIALS, answer);
            case "RequestTimeTooSkewed" -> passing("This server's clock is wrong (" + code + "). Set it.", answer);
            case "PermanentRedirect", "AuthorizationHeaderMalformed" -> elsewhere(answer, code, bucket);
            case "TemporaryRedirect" ->
                passing(
                        "S3 sends requests for the bucket " + bucket.name() + " elsewhere for now (" + code
                                + "), as it does in the first hours of a new bucket; nothing needs to be done. If it lasts,"
                                + " check AWS_REGION.",
                        answer);
            case "QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded", "InsufficientStorage" ->
                passing(
                        "The store has no room left for the bucket " + bucket.name() + " (" + code
                                + "). Raise its quota, or delete what is not needed.",
                        answer);
            case "InvalidEncryptionAlgorithmError", "InvalidEncryptionMethodError", "MissingSecurityHeader" ->
                lasting("The bucket demands encryption in another way (" + code + "). " + CHECK_ENCRYPTION, answer);
            case "NoSuchUpload" -> passing("An upload that had begun is gone; it begins again.", answer);
            case "RequestTimeout", "BadDigest", "IncompleteBody" ->
                passing("The transcript did not reach S3 whole (" + code + "). " + CHECK_NETWORK, answer);
            default -> code.startsWith("KMS.") ? keyRefused(answer, code) : byStatus(answer, code, bucket);
        };
    }

    /**
     * S3 passes on what the key service says: KMS.DisabledException, KMS.NotFoundException,
     * KMS.KMSInvalidStateException.
     */
    private static ArchiveException keyRefused(AwsServiceException answer, String code) {
        return lasting(
                "The KMS key that encrypts the bucket cannot be used (" + code
                        + "). Check that the key of the bucket, or"
                        + " S3_KMS_KEY_ID, exists in AWS_REGION, is enabled, and lets these credentials use"
                        + " kms:GenerateDataKey and kms:Decrypt.",
                answer);
    }

    private static ArchiveException byStatus(AwsServiceException answer, String code, S3Bucket bucket) {
        return switch (answer.statusCode()) {
            case 301 -> elsewhere(answer, code, bucket);
            case 401, 403 ->
                lasting(
                        "The AWS credentials do not permit to store in " + bucket.location(bucket.prefix()) + " ("
                                + code
                                + "). Allow s3:PutObject and s3:GetObject on arn:aws:s3:::" + bucket.name() + "/"
                                + bucket.prefix() + "*, and the use of the bucket's KMS key if it has one. "
                                + CHECK_ENCRYPTION,
                        answer);
            case 409, 412 -> passing("Two puts met under one name (" + code + ").", answer);
            case 429 -> passing("S3 asks for fewer requests (" + code + ").", answer);
            default ->
                answer.statusCode() >= 500
                        ? passing("S3 is in trouble (" + code + "). If it lasts, see its status page.", answer)
                        : lasting(
                                "S3 refused the transcript (" + code + "). Check S3_BUCKET, S3_PREFIX, AWS_REGION and "
                                        + "AWS_ENDPOINT_URL_S3. " + CHECK_ENCRYPTION,
                                answer);
        };
    }

    private static ArchiveException elsewhere(AwsServiceException answer, String code, S3Bucket bucket) {
        String region = Optional.ofNullable(answer.awsErrorDetails())
                .map(AwsErrorDetails::sdkHttpResponse)
                .flatMap(response -> response.firstMatchingHeader("x-amz-bucket-region"))
                .map(" to "::concat)
                .orElse("");
        return lasting(
                "The bucket " + bucket.name() + " is in another region (" + code + "). Set AWS_REGION" + region + ".",
                answer);
    }

    private static ArchiveException passing(String message, SdkException cause) {
        return new ArchiveException(message, true, cause);
    }

    private static ArchiveException lasting(String message, SdkException cause) {
        return new ArchiveException(message, false, cause);
    }

    /** Ten deep, because a chain of causes may be a ring. */
    private static boolean caused(Throwable thrown, Class<? extends Throwable> kind) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(10)
                .anyMatch(kind::isInstance);
    }
}
