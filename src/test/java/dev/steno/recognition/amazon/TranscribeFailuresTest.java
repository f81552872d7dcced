package dev.steno.recognition.amazon;

import static dev.steno.recognition.RecognitionFailure.Kind.FAILED;
import static dev.steno.recognition.RecognitionFailure.Kind.LIMIT_EXCEEDED;
import static dev.steno.recognition.RecognitionFailure.Kind.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.steno.recognition.RecognitionFailure;
import dev.steno.recognition.RecognitionFailure.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.transcribestreaming.model.TranscribeStreamingException;

class TranscribeFailuresTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(service(429, "LimitExceededException", ""), LIMIT_EXCEEDED, true, "limit"),
                arguments(service(429, "ThrottlingException", ""), LIMIT_EXCEEDED, true, "limit"),
                arguments(service(500, "InternalFailureException", ""), FAILED, true, "InternalFailure"),
                arguments(service(503, "ServiceUnavailableException", ""), FAILED, true, "ServiceUnavailable"),
                arguments(service(502, "", ""), FAILED, true, "HTTP 502"),
                arguments(service(409, "ConflictException", ""), FAILED, true, "repeated"),
                arguments(bad("no new audio was received for 15 seconds"), FAILED, true, "no new audio"),
                arguments(bad("Your stream is too big."), FAILED, true, "too big"),
                arguments(bad("Only one stream per HTTP/2 connection is supported."), FAILED, true, "one stream"),
                arguments(bad("Signature expired: 20261122T0101"), FAILED, true, "expired"),
                arguments(bad("The security token included in the request is expired"), FAILED, true, "expired"),
                arguments(bad("The request signature we calculated does not match"), UNAVAILABLE, false, "credentials"),
                arguments(bad("Unsupported language"), FAILED, false, "Unsupported language"),
                arguments(service(403, "InvalidSignatureException", ""), UNAVAILABLE, false, "credentials"),
                arguments(service(403, "UnrecognizedClientException", ""), UNAVAILABLE, false, "credentials"),
                arguments(service(403, "AccessDeniedException", ""), UNAVAILABLE, false, "do not permit"),
                arguments(service(403, "ExpiredTokenException", ""), UNAVAILABLE, true, "credentials"),
                arguments(service(404, "UnknownOperationException", ""), UNAVAILABLE, true, "endpoint"),
                arguments(service(418, "Teapot", ""), FAILED, false, "Teapot"),
                arguments(client(new UnknownHostException("x")), UNAVAILABLE, true, "host name"),
                arguments(client(new ConnectException("refused")), UNAVAILABLE, true, "No connection"),
                arguments(client(new SSLHandshakeException("PKIX")), UNAVAILABLE, true, "No connection"),
                arguments(client(new TimeoutException("Acquire")), UNAVAILABLE, true, "No connection"),
                arguments(client(new ClosedChannelException()), FAILED, true, "broke"),
                arguments(new IOException("Connection reset by peer"), FAILED, true, "broke"),
                arguments(SdkClientException.create("GOAWAY"), FAILED, true, "broke"),
                arguments(new IllegalArgumentException("bug"), FAILED, false, "IllegalArgumentException"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void maps_each_failure_also_when_wrapped(Throwable thrown, Kind kind, boolean retryable, String words) {
        for (Throwable form : new Throwable[] {thrown, new CompletionException(new CompletionException(thrown))}) {
            RecognitionFailure failure = TranscribeFailures.of(form);
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.retryable()).isEqualTo(retryable);
            assertThat(failure.message()).contains(words);
            assertThat(failure.remedy()).isNotBlank();
        }
    }

    @Test
    void keeps_accounts_and_users_to_itself() {
        String secret = "User: arn:aws:iam::123456789012:user/ann is not authorized";
        for (String code : new String[] {"AccessDeniedException", "InvalidSignatureException", "Other"}) {
            RecognitionFailure failure = TranscribeFailures.of(service(403, code, secret));
            assertThat(failure.message() + failure.remedy()).doesNotContain("123456789012");
        }
    }

    @Test
    void ends_when_the_causes_form_a_ring() {
        Exception first = new Exception("first");
        Exception second = new Exception("second", first);
        first.initCause(second);
        assertThat(TranscribeFailures.of(second).kind()).isEqualTo(FAILED);
    }

    private static AwsServiceException bad(String message) {
        return service(400, "BadRequestException", message);
    }

    private static AwsServiceException service(int status, String code, String message) {
        return TranscribeStreamingException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
    }

    private static SdkClientException client(Throwable cause) {
        return SdkClientException.create("Unable to execute HTTP request", cause);
    }
}
