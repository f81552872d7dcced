package dev.steno.testing.transcribe;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http2.Http2Headers;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.eventstream.HeaderValue;
import software.amazon.awssdk.eventstream.Message;

/**
 * Signature Version 4 of a request and of the events that follow it, each signed over the one before. Written from
 * AWS's description, not with the SDK's signer, so that a client and this check cannot err together.
 */
final class SignatureCheck {
    static final String EVENTS = "STREAMING-AWS4-HMAC-SHA256-EVENTS";

    private static final Pattern AUTHORIZATION =
            Pattern.compile("AWS4-HMAC-SHA256 Credential=([^/,\\s]+)/(\\d{8})/([a-z0-9-]+)/transcribe/aws4_request, ?"
                    + "SignedHeaders=([a-z0-9;:_-]+), ?Signature=([0-9a-f]{64})");
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuuMMdd").withZone(ZoneOffset.UTC);
    /** AWS's own limit. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final TranscribeServerOptions account;
    private String prior;

    /** Checks the request's headers; throws what the service would answer. */
    SignatureCheck(Http2Headers headers, TranscribeServerOptions account) {
        this.account = account;
        Matcher authorization = AUTHORIZATION.matcher(value(headers, "authorization"));
        if (!authorization.matches()) {
            throw new ServiceError(403, "IncompleteSignatureException", "Authorization is missing or malformed");
        }
        checkIdentity(headers, authorization.group(1), authorization.group(3));
        List<String> signed = Arrays.asList(authorization.group(4).split(";"));
        checkCoverage(headers, signed);
        String moment = value(headers, "x-amz-date");
        checkClock(moment);
        String scope = scope(authorization.group(2));
        String toSign = String.join(
                "\n",
                "AWS4-HMAC-SHA256",
                moment,
                scope,
                sha256(canonical(headers, signed).getBytes(UTF_8)));
        prior = compare(sign(authorization.group(2), toSign), authorization.group(5));
    }

    /** Checks the next event. */
    void event(Message message) {
        Map<String, HeaderValue> headers = message.getHeaders();
        HeaderValue date = headers.get(":date");
        HeaderValue signature = headers.get(":chunk-signature");
        if (date == null || signature == null || headers.size() != 2) {
            throw ServiceError.badRequest("A signed event has :date and :chunk-signature and nothing else");
        }
        if (Duration.between(date.getTimestamp(), Instant.now()).abs().compareTo(CLOCK_SKEW) > 0) {
            throw ServiceError.badRequest(":date is too far from the current time");
        }
        String day = DAY.format(date.getTimestamp());
        String toSign = String.join(
                "\n",
                "AWS4-HMAC-SHA256-PAYLOAD",
                MOMENT.format(date.getTimestamp()),
                scope(day),
                prior,
                sha256(Message.encodeHeaders(Map.of(":date", date).entrySet())),
                sha256(message.getPayload()));
        prior = compare(sign(day, toSign), HexFormat.of().formatHex(signature.getByteArray()));
    }

    private void checkIdentity(Http2Headers headers, String accessKey, String region) {
        if (!accessKey.equals(account.accessKey())
                || !value(headers, "x-amz-security-token").equals(account.sessionToken())) {
            throw new ServiceError(
                    403, "UnrecognizedClientException", "The security token included in the request is invalid.");
        }
        if (!region.equals(account.region())) {
            throw ServiceError.badSignature("Credential should be scoped to a valid region, not '" + region + "'.");
        }
    }

    private static void checkCoverage(Http2Headers headers, List<String> signed) {
        if (!signed.contains("host") && !signed.contains(":authority")) {
            throw ServiceError.badSignature("'Host' must be a signed header");
        }
        headers.names().stream()
                .map(CharSequence::toString)
                .filter(name -> name.startsWith("x-amz-") && !signed.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw ServiceError.badSignature("There were headers present which were not signed: " + name);
                });
    }

    private static void checkClock(String moment) {
        try {
            Instant date = MOMENT.parse(moment, Instant::from);
            if (Duration.between(date, Instant.now()).abs().compareTo(CLOCK_SKEW) <= 0) {
                return;
            }
        } catch (DateTimeException e) {
            throw new ServiceError(403, "IncompleteSignatureException", "X-Amz-Date is missing or malformed");
        }
        throw ServiceError.badSignature("Signature expired or not yet current");
    }

    private static String canonical(Http2Headers headers, List<String> signed) {
        String lines = signed.stream()
                .map(name -> name + ":" + signedValue(headers, name) + "\n")
                .collect(Collectors.joining());
        return String.join("\n", "POST", headers.path(), "", lines, String.join(";", signed), EVENTS);
    }

    private static String signedValue(Http2Headers headers, String name) {
        return name.equals("host") && !headers.contains("host")
                ? headers.authority().toString()
                : value(headers, name).strip().replaceAll(" +", " ");
    }

    private static String value(Http2Headers headers, String name) {
        return Optional.ofNullable(headers.get(name))
                .map(CharSequence::toString)
                .orElse("");
    }

    private String scope(String day) {
        return day + "/" + account.region() + "/transcribe/aws4_request";
    }

    private String sign(String day, String text) {
        byte[] key = hmac(("AWS4" + account.secretKey()).getBytes(UTF_8), day);
        for (String part : List.of(account.region(), "transcribe", "aws4_request")) {
            key = hmac(key, part);
        }
        return HexFormat.of().formatHex(hmac(key, text));
    }

    private static String compare(String wanted, String given) {
        if (!MessageDigest.isEqual(wanted.getBytes(UTF_8), given.getBytes(UTF_8))) {
            throw ServiceError.badSignature("The request signature we calculated does not match the signature you "
                    + "provided. Check your AWS Secret Access Key and signing method.");
        }
        return given;
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256", e);
        }
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(AudioDigest.sha256().digest(bytes));
    }
}
