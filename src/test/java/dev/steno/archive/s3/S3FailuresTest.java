package dev.steno.archive.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.steno.archive.ArchiveException;
import java.io.IOException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3FailuresTest {
    private static final S3Bucket BUCKET = new S3Bucket("minutes", "team/", false);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | NoSuchBucket                | false | S3_BUCKET",
                "403 | AccessDenied                | false | s3:PutObject and s3:GetObject on arn:aws:s3:::minutes/team/*",
                "403 |                             | false | s3:PutObject",
                "403 | InvalidAccessKeyId          | false | AWS_ACCESS_KEY_ID",
                "403 | SignatureDoesNotMatch       | false | AWS_SECRET_ACCESS_KEY",
                "400 | InvalidToken                | false | AWS_SESSION_TOKEN",
                "400 | ExpiredToken                | true  | AWS_SESSION_TOKEN",
                "403 | RequestTimeTooSkewed        | true  | clock",
                "301 | PermanentRedirect           | false | AWS_REGION to eu-west-1.",
                "301 |                             | false | AWS_REGION to eu-west-1.",
                "400 | AuthorizationHeaderMalformed| false | AWS_REGION to eu-west-1.",
                "400 | RequestTimeout              | true  | AWS_ENDPOINT_URL_S3",
                "400 | BadDigest                   | true  | AWS_ENDPOINT_URL_S3",
                "400 | InvalidRequest              | false | InvalidRequest",
                "405 | MethodNotAllowed            | false | MethodNotAllowed",
                "409 | ConditionalRequestConflict  | true  | one name",
                "412 | PreconditionFailed          | true  | one name",
                "429 | TooManyRequests             | true  | fewer requests",
                "500 | InternalError               | true  | InternalError",
                "503 | SlowDown                    | true  | SlowDown",
                "507 | XMinioStorageFull           | true  | quota",
                "403 | QuotaExceeded               | true  | quota",
                "400 | KMS.DisabledException       | false | kms:GenerateDataKey",
                "400 | KMS.NotFoundException       | false | S3_KMS_KEY_ID",
                "307 | TemporaryRedirect           | true  | nothing needs to be done",
                "400 | InvalidArgument             | false | S3_ENCRYPTION",
                "403 | AccessDenied                | false | S3_ENCRYPTION",
            })
    void says_what_to_check_and_whether_to_try_again(int status, String code, boolean retryable, String advice) {
        assertFailure(answer(status, code), retryable, advice);
    }

    @Test
    void tells_faults_of_the_network_from_each_other() {
        assertFailure(broken(new IOException("Broken pipe")), true, "No connection to S3");
        assertFailure(broken(new UnknownHostException("minutes.s3.localhost")), true, "S3_PATH_STYLE");
        assertFailure(ApiCallTimeoutException.create(8000), true, "in time");
        assertFailure(ApiCallAttemptTimeoutException.create(3000), true, "in time");
        assertFailure(SdkClientException.create("something else"), false, "SdkClientException");
    }

    @Test
    void knows_the_chain_that_finds_no_credentials() {
        SdkClientException nothing = catchThrowableOfType(
                SdkClientException.class,
                () -> AwsCredentialsProviderChain.of(S3FailuresTest::none).resolveCredentials());

        assertFailure(nothing, false, "No AWS credentials were found");
    }

    private static software.amazon.awssdk.auth.credentials.AwsCredentials none() {
        throw SdkClientException.create("not here");
    }

    private static void assertFailure(SdkException thrown, boolean retryable, String advice) {
        ArchiveException failure = S3Failures.of(thrown, BUCKET);
        assertThat(failure.retryable()).as(failure.getMessage()).isEqualTo(retryable);
        assertThat(failure).hasMessageContaining(advice).hasCause(thrown);
        assertThat(failure.getMessage()).doesNotContain("arn:aws:iam").doesNotContain("null");
    }

    private static SdkException broken(IOException cause) {
        return SdkClientException.create("Unable to execute HTTP request", cause);
    }

    private static SdkException answer(int status, String code) {
        SdkHttpResponse response = SdkHttpResponse.builder()
                .statusCode(status)
                .putHeader("x-amz-bucket-region", "eu-west-1")
                .build();
        return (SdkException) S3Exception.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("arn:aws:iam::123456789012:user/somebody may not")
                        .sdkHttpResponse(response)
                        .build())
                .build();
    }
}
