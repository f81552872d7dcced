package dev.steno.webhook;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Where events go, and with which secrets they are signed.
 *
 * @param secrets the newest first; a receiver that knows any of them can verify, so that secrets can be changed
 * @param withText whether events carry what was said
 */
record WebhookSettings(URI url, List<byte[]> secrets, boolean withText) {
    private static final String URL_KEY = "WEBHOOK_URL";
    private static final String SECRET_KEY = "WEBHOOK_SECRET";
    private static final String TEXT_KEY = "WEBHOOK_TEXT";

    /** As the specification has it: shorter ones can be guessed. */
    private static final int LEAST_BYTES = 24;

    private static final int MOST_BYTES = 64;

    private static final String ALLOWED_SECRETS = "whsec_ and " + LEAST_BYTES + " to " + MOST_BYTES
            + " random bytes in base64; several, separated by commas, while a secret is changed";

    WebhookSettings {
        secrets = List.copyOf(secrets);
    }

    /** Empty if nobody is to be told. */
    static Optional<WebhookSettings> read(Settings settings) {
        boolean withText = settings.flag(TEXT_KEY, false);
        List<byte[]> secrets = secrets(settings);
        Optional<URI> url = settings.text(URL_KEY).map(WebhookSettings::url);
        if (url.isPresent() && secrets.isEmpty()) {
            throw new InvalidSettingException(SECRET_KEY, "", ALLOWED_SECRETS + ", where WEBHOOK_URL is set");
        }
        return url.map(known -> new WebhookSettings(known, secrets, withText));
    }

    private static List<byte[]> secrets(Settings settings) {
        List<byte[]> secrets = new ArrayList<>();
        for (String item : settings.secrets(SECRET_KEY)) {
            secrets.add(secret(item));
        }
        return secrets;
    }

    private static byte[] secret(String item) {
        try {
            byte[] bytes = Base64.getDecoder().decode(item.replaceFirst("^whsec_", ""));
            if (item.startsWith("whsec_") && bytes.length >= LEAST_BYTES && bytes.length <= MOST_BYTES) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(SECRET_KEY, "(not shown)", ALLOWED_SECRETS, e);
        }
        throw new InvalidSettingException(SECRET_KEY, "(not shown)", ALLOWED_SECRETS);
    }

    private static URI url(String value) {
        String allowed = "an https URL, or an http URL of this machine (localhost, 127.0.0.1, [::1])";
        try {
            URI url = new URI(value);
            boolean fits = url.getHost() != null
                    && url.getRawUserInfo() == null
                    && ("https".equals(url.getScheme()) || ("http".equals(url.getScheme()) && isLoopback(url)));
            if (fits) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw new InvalidSettingException(URL_KEY, value, allowed, e);
        }
        throw new InvalidSettingException(URL_KEY, value, allowed);
    }

    private static boolean isLoopback(URI url) {
        String host = url.getHost();
        if (host.equals("localhost")) {
            return true;
        }
        boolean literal = host.startsWith("[") || host.matches("[0-9.]+"); // no name is looked up here
        try {
            return literal && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
