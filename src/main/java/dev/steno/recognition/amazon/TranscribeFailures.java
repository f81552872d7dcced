package dev.steno.recognition.amazon;

import static dev.steno.recognition.RecognitionFailure.Kind.BUSY;
import static dev.steno.recognition.RecognitionFailure.Kind.FAILED;
import static dev.steno.recognition.RecognitionFailure.Kind.LIMIT_EXCEEDED;
import static dev.steno.recognition.RecognitionFailure.Kind.UNAVAILABLE;

import dev.steno.recognition.RecognitionFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Why a call to Amazon Transcribe failed, in words for the client. Pure functions. The service's own text is passed on
 * only where it speaks of the request: other texts may name accounts and users.
 *
 * @see <a
 * href="https://docs.aws.amazon.com/transcribe/latest/APIReference/API_streaming_StartStreamTranscription.html">
 *     the errors of StartStreamTranscription</a>
 */
final class TranscribeFailures {
    static final RecognitionFailure ALL_STREAMS_TAKEN = new RecognitionFailure(
            BUSY,
            true,
            "All Amazon Transcribe streams of this node are in use.",
            "Try again shortly, or raise TRANSCRIBE_STREAM_LIMIT up to the account's quota.");

    /** Counted by the nodes themselves, so that the service need not refuse. */
    static final RecognitionFailure ALL_PLACES_TAKEN = new RecognitionFailure(
            LIMIT_EXCEEDED,
            true,
            "All Amazon Transcribe streams of the account are in use, on this node and the others.",
            "Try again shortly, or raise TRANSCRIBE_STREAM_LIMIT up to the account's quota.");

    static final RecognitionFailure PLACE_LOST = new RecognitionFailure(
            LIMIT_EXCEEDED,
            true,
            "The cluster's store did not answer for so long that other nodes may use this stream's place.",
            "Check CLUSTER_URL and the store.");

    /** The service closes streams normally now and then; the SDK also reports a reset stream this way. */
    static final RecognitionFailure ENDED_UNASKED =
            broken("Amazon Transcribe ended the stream before it was asked to.");

    static final RecognitionFailure LAST_RESULT_MISSING =
            broken("Amazon Transcribe ended the stream without the last final result.");

    static final RecognitionFailure NO_END =
            broken("Amazon Transcribe did not send the end of the transcript in time.");

    /** Also when the connection was refused: under load the SDK (2.57.8) now and then says nothing of that. */
    static final RecognitionFailure NO_ANSWER = new RecognitionFailure(
            UNAVAILABLE,
            true,
            "Amazon Transcribe did not answer in time.",
            "Check AWS_REGION, AWS_ENDPOINT_URL_TRANSCRIBE_STREAMING, the network, proxy and firewall between this"
                    + " server and AWS, and the AWS status page.");

    static final RecognitionFailure NO_CREDENTIALS = new RecognitionFailure(
            UNAVAILABLE,
            false,
            "No AWS credentials were found.",
            "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give this server a role or profile.");

    static final RecognitionFailure SHUTTING_DOWN = new RecognitionFailure(
            UNAVAILABLE, false, "The server is shutting down.", "Connect again when it is back.");

    private static final String CHECK_CREDENTIALS =
            "Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN or the role, and the server's clock.";
    private static final String CHECK_NETWORK =
            "Check AWS_REGION, AWS_ENDPOINT_URL_TRANSCRIBE_STREAMING, DNS and the way from this server to AWS.";
    private static final String TRY_AGAIN = "Try again; if it keeps failing, see the AWS status page.";

    /**
     * Answers to a bad request that another stream does not get: idle, sent too fast, signature or token too old, a
     * connection on which the stream before was not over yet.
     */
    private static final List<String> PASSING = List.of("no new audio", "too big", "expired", "one stream per");

    private TranscribeFailures() {}

    static RecognitionFailure of(Throwable thrown) {
        if (thrown instanceof CompletionException && thrown.getCause() != null) {
            return of(thrown.getCause());
        }
        Optional<AwsServiceException> answer = find(thrown, AwsServiceException.class);
        if (answer.isPresent()) {
            return refused(answer.get());
        }
        if (find(thrown, UnknownHostException.class).isPresent()) {
            return unreachable("The host name of Amazon Transcribe cannot be resolved.");
        }
        if (find(thrown, ConnectException.class).isPresent()
                || find(thrown, SSLException.class).isPresent()
                || find(thrown, TimeoutException.class).isPresent()) {
            return unreachable("No connection to Amazon Transcribe.");
        }
        return interrupted(thrown);
    }

    private static RecognitionFailure refused(AwsServiceException answer) {
        String code = Optional.ofNullable(answer.awsErrorDetails())
                .map(AwsErrorDetails::errorCode)
                .orElse("");
        return switch (code) {
            case "LimitExceededException" -> limitExceeded();
            case "BadRequestException" -> badRequest(text(answer));
            case "ConflictException" -> broken("Amazon Transcribe took this stream for a repeated one.");
            case "InternalFailureException", "ServiceUnavailableException" -> troubled(code);
            case "ExpiredTokenException", "ExpiredToken", "RequestExpired" -> credentials(true, code);
            case "AccessDeniedException" -> accessDenied();
            default -> byStatus(answer, code);
        };
    }

    private static RecognitionFailure byStatus(AwsServiceException answer, String code) {
        String name = code.isEmpty() ? "HTTP " + answer.statusCode() : code;
        return switch (answer.statusCode()) {
            case 429 -> limitExceeded();
            case 401, 403 -> credentials(expired(text(answer)), name);
            case 404 -> unreachable("The endpoint does not offer Amazon Transcribe Streaming.");
            case 409 -> broken("Amazon Transcribe took this stream for a repeated one.");
            case 400 -> badRequest(text(answer));
            default -> answer.statusCode() >= 500 ? troubled(name) : unexpected(name);
        };
    }

    private static RecognitionFailure badRequest(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (PASSING.stream().anyMatch(lower::contains)) {
            return broken("Amazon Transcribe ended the stream: " + text);
        }
        if (lower.contains("signature") || lower.contains("security token")) {
            return credentials(false, "BadRequestException");
        }
        return new RecognitionFailure(
                FAILED,
                false,
                "Amazon Transcribe refused the request: " + text,
                "Check the language and the other options of this recording.");
    }

    private static RecognitionFailure interrupted(Throwable thrown) {
        boolean passing = find(thrown, IOException.class).isPresent()
                || find(thrown, SdkClientException.class).isPresent()
                || find(thrown, SdkException.class)
                        .filter(SdkException::retryable)
                        .isPresent()
                || find(thrown, CancellationException.class).isPresent();
        return passing
                ? broken("The connection to Amazon Transcribe broke.")
                : unexpected(thrown.getClass().getSimpleName());
    }

    private static RecognitionFailure limitExceeded() {
        return new RecognitionFailure(
                LIMIT_EXCEEDED,
                true,
                "The AWS account's limit of concurrent transcription streams is reached.",
                "Try again shortly, or ask AWS for a higher quota and keep TRANSCRIBE_STREAM_LIMIT below it.");
    }

    private static RecognitionFailure credentials(boolean retryable, String code) {
        String message = "Amazon Transcribe refused the AWS credentials (" + code + ").";
        return new RecognitionFailure(UNAVAILABLE, retryable, message, CHECK_CREDENTIALS);
    }

    private static RecognitionFailure accessDenied() {
        return new RecognitionFailure(
                UNAVAILABLE,
                false,
                "The AWS credentials do not permit transcription (AccessDeniedException).",
                "Allow transcribe:StartStreamTranscription in the IAM policy of this server.");
    }

    private static RecognitionFailure unreachable(String message) {
        return new RecognitionFailure(UNAVAILABLE, true, message, CHECK_NETWORK);
    }

    private static RecognitionFailure troubled(String code) {
        return broken("Amazon Transcribe is in trouble (" + code + ").");
    }

    private static RecognitionFailure broken(String message) {
        return new RecognitionFailure(FAILED, true, message, TRY_AGAIN);
    }

    private static RecognitionFailure unexpected(String name) {
        return new RecognitionFailure(
                FAILED, false, "The call to Amazon Transcribe failed (" + name + ").", "See the server's log.");
    }

    private static boolean expired(String text) {
        return text.toLowerCase(Locale.ROOT).contains("expired");
    }

    /** The service's sentence on one line; without the status and request number that the SDK adds. */
    private static String text(AwsServiceException answer) {
        return Optional.ofNullable(answer.awsErrorDetails())
                .map(AwsErrorDetails::errorMessage)
                .map(message -> message.strip().replaceAll("\\s+", " "))
                .orElse("");
    }

    /** The first of its kind among the exception and its causes; ten deep, because a chain may be a ring. */
    private static <T extends Throwable> Optional<T> find(Throwable thrown, Class<T> kind) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(10)
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst();
    }
}
