package dev.steno.access;

import dev.steno.configuration.Settings;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whether Twilio made a request: it signs the address with the account's secret. Without {@code TWILIO_AUTH_TOKEN}
 * nothing is asked.
 *
 * @see <a href="https://www.twilio.com/docs/usage/security#validating-requests">how Twilio signs</a>
 */
final class TwilioSignature {
    private static final String ALGORITHM = "HmacSHA1";

    private final Optional<SecretKeySpec> key;

    TwilioSignature(Settings settings) {
        key = settings.secret("TWILIO_AUTH_TOKEN")
                .map(secret -> new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
    }

    /** @param address as the caller reached it, with {@code http} or {@code https} */
    boolean isValid(HttpServletRequest request, String address) {
        if (key.isEmpty()) {
            return true;
        }
        String header = request.getHeader("X-Twilio-Signature");
        byte[] given = header == null ? new byte[0] : header.strip().getBytes(StandardCharsets.UTF_8);
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        return spellings(address)
                .map(spelling -> signature(spelling + query))
                .anyMatch(signature -> MessageDigest.isEqual(signature, given));
    }

    /**
     * The same address in the ways in which Twilio may have been given it: it signs what is configured, of which this
     * server does not know the scheme where a proxy that ends TLS does not tell, nor whether there was a slash or the
     * usual port.
     */
    private static Stream<String> spellings(String address) {
        String rest = address.substring(address.indexOf("://") + 3);
        String withPort = rest.replaceFirst("^([^/:]+)/", "$1:443/");
        return Stream.of("wss://", "https://", "ws://", "http://")
                .flatMap(scheme -> Stream.of(rest, withPort).distinct().map(scheme::concat))
                .flatMap(spelling -> Stream.of(spelling, spelling + "/"));
    }

    private byte[] signature(String address) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key.orElseThrow());
            return Base64.getEncoder().encode(mac.doFinal(address.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java has HmacSHA1
        }
    }
}
