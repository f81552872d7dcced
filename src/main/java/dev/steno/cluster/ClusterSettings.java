package dev.steno.cluster;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** {@code CLUSTER_URL} and {@code CLUSTER_NAME}, and the name of this node, which is new with each start. */
@ApplicationScoped
public class ClusterSettings {
    private static final String URL_KEY = "CLUSTER_URL";
    private static final String NAME_KEY = "CLUSTER_NAME";
    private static final List<String> SCHEMES =
            List.of("redis", "rediss", "redis-sentinel", "rediss-sentinel", "redis-cluster", "rediss-cluster");

    /** It stands in every key of the store, inside of braces. */
    private static final String NAME = "[A-Za-z0-9._-]{1,64}";

    private final Optional<URI> url;
    private final String name;
    private final String node = HexFormat.of().formatHex(random());

    /** For the container's proxy only. */
    protected ClusterSettings() {
        url = Optional.empty();
        name = null;
    }

    @Inject
    public ClusterSettings(Settings settings) {
        url = settings.secret(URL_KEY).map(ClusterSettings::parse);
        name = settings.text(NAME_KEY, "steno");
        if (!name.matches(NAME)) {
            throw new InvalidSettingException(
                    NAME_KEY, name, "up to 64 letters, digits, dots, underscores and hyphens");
        }
    }

    /** The store; empty on a single node. May hold a password: never to be logged. */
    public Optional<URI> url() {
        return url;
    }

    /** The store for people: without user, password and parameters. */
    public String store() {
        return url.map(each -> each.getScheme() + "://" + hosts(each)).orElse("none");
    }

    private static String hosts(URI url) {
        String authority = url.getRawAuthority();
        return authority.substring(authority.lastIndexOf('@') + 1);
    }

    /** Nodes with the same store and name are one Steno. */
    public String name() {
        return name;
    }

    /** Eight hexadecimal digits. */
    public String node() {
        return node;
    }

    private static URI parse(String value) {
        try {
            URI url = new URI(value);
            if (SCHEMES.contains(url.getScheme()) && url.getRawAuthority() != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw refused(value); // not with the cause: its message has the value, which may hold a password
        }
        throw refused(value);
    }

    private static InvalidSettingException refused(String value) {
        return new InvalidSettingException(
                URL_KEY, withoutSecrets(value), "a URL that begins with " + String.join("://, ", SCHEMES) + "://");
    }

    /** Without user, password and parameters. */
    private static String withoutSecrets(String value) {
        int scheme = value.indexOf("://");
        int at = value.lastIndexOf('@');
        String shown = at < 0 ? value : (scheme < 0 ? "" : value.substring(0, scheme + 3)) + "…" + value.substring(at);
        return shown.replaceFirst("[?#].*", "");
    }

    private static byte[] random() {
        byte[] bytes = new byte[4];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
