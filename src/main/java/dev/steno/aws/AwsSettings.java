package dev.steno.aws;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.utils.SystemSetting;

/**
 * Region, credentials and endpoints of AWS. Everything is read and checked when this is made; the credentials of a role
 * or profile are looked up when they are first asked for.
 */
public final class AwsSettings {
    private static final String REGION = "AWS_REGION";
    private static final String ACCESS_KEY_ID = "AWS_ACCESS_KEY_ID";
    private static final String SECRET_ACCESS_KEY = "AWS_SECRET_ACCESS_KEY";
    private static final String SESSION_TOKEN = "AWS_SESSION_TOKEN";
    private static final String TRANSCRIBE_ENDPOINT = "AWS_ENDPOINT_URL_TRANSCRIBE_STREAMING";
    private static final String S3_ENDPOINT = "AWS_ENDPOINT_URL_S3";
    private static final String TRANSLATE_ENDPOINT = "AWS_ENDPOINT_URL_TRANSLATE";

    /** us-east-1, us-gov-west-1, cn-north-1, eu-isoe-west-1 ...: the shape only, because AWS adds regions. */
    private static final Pattern REGION_NAME = Pattern.compile("[a-z]{2,}(-[a-z]+)+-\\d{1,2}");

    private final Region region;
    private final AwsCredentialsProvider credentials;
    private final Optional<URI> transcribeEndpoint;
    private final Optional<URI> s3Endpoint;
    private final Optional<URI> translateEndpoint;

    public AwsSettings(Settings settings) {
        region = Region.of(region(settings));
        credentials = credentials(settings);
        transcribeEndpoint = endpoint(settings, TRANSCRIBE_ENDPOINT);
        s3Endpoint = endpoint(settings, S3_ENDPOINT);
        translateEndpoint = endpoint(settings, TRANSLATE_ENDPOINT);
    }

    /** Without loading the SDK. */
    static void check(Settings settings) {
        region(settings);
        List.of(TRANSCRIBE_ENDPOINT, S3_ENDPOINT, TRANSLATE_ENDPOINT).forEach(key -> endpoint(settings, key));
    }

    public Region region() {
        return region;
    }

    /** The configured keys, else the SDK's default chain. Asking it may block: roles come over the network. */
    public AwsCredentialsProvider credentials() {
        return credentials;
    }

    public Optional<URI> transcribeEndpoint() {
        return transcribeEndpoint;
    }

    public Optional<URI> s3Endpoint() {
        return s3Endpoint;
    }

    public Optional<URI> translateEndpoint() {
        return translateEndpoint;
    }

    /**
     * Sets what all AWS clients have in common.
     *
     * @param endpoint the configured one; without it the service's regional endpoint is named outright where an empty
     *     variable would make the SDK call nowhere
     * @param service the client's SERVICE_METADATA_ID, which names the regional endpoint
     */
    public <B extends AwsClientBuilder<B, ?>> B configure(B builder, Optional<URI> endpoint, String service) {
        builder.region(region).credentialsProvider(credentials);
        if (blank(SdkSystemSetting.AWS_USE_FIPS_ENDPOINT)) {
            builder.fipsEnabled(false);
        }
        if (blank(SdkSystemSetting.AWS_USE_DUALSTACK_ENDPOINT)) {
            builder.dualstackEnabled(false);
        }
        if (blank(SdkSystemSetting.AWS_DEFAULTS_MODE)) {
            builder.defaultsMode(DefaultsMode.LEGACY);
        }
        endpoint.or(() -> blankEndpointVariable() ? Optional.of(regional(service)) : Optional.empty())
                .ifPresent(builder::endpointOverride);
        return builder;
    }

    /** The SDK reads its own variables itself, and makes no client where one of these is there and empty. */
    private static boolean blank(SystemSetting setting) {
        return setting.getStringValue().filter(String::isBlank).isPresent();
    }

    /** The SDK reads these variables itself and takes an empty one for an address. */
    private static boolean blankEndpointVariable() {
        return blank(SdkSystemSetting.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS) || blankAddress();
    }

    private static boolean blankAddress() {
        return System.getenv().entrySet().stream()
                .anyMatch(variable -> variable.getKey().startsWith("AWS_ENDPOINT_URL")
                        && variable.getValue().isBlank());
    }

    private URI regional(String service) {
        return URI.create("https://" + ServiceMetadata.of(service).endpointFor(region));
    }

    private static String region(Settings settings) {
        String name = settings.text(REGION, "us-east-1");
        if (!REGION_NAME.matcher(name).matches()) {
            throw new InvalidSettingException(REGION, name, "a region's code, for example eu-central-1");
        }
        return name;
    }

    private static AwsCredentialsProvider credentials(Settings settings) {
        Optional<String> id = settings.secret(ACCESS_KEY_ID);
        Optional<String> secret = settings.secret(SECRET_ACCESS_KEY);
        if (id.isPresent() != secret.isPresent()) {
            String missing = id.isPresent() ? SECRET_ACCESS_KEY : ACCESS_KEY_ID;
            throw new InvalidSettingException(
                    missing, "", ACCESS_KEY_ID + " and " + SECRET_ACCESS_KEY + " together, or neither");
        }
        if (id.isEmpty()) {
            return DefaultCredentialsProvider.builder().build();
        }
        return StaticCredentialsProvider.create(settings.secret(SESSION_TOKEN)
                .<AwsCredentials>map(token -> AwsSessionCredentials.create(id.get(), secret.get(), token))
                .orElseGet(() -> AwsBasicCredentials.create(id.get(), secret.get())));
    }

    private static Optional<URI> endpoint(Settings settings, String key) {
        return settings.text(key).map(value -> endpoint(key, value));
    }

    private static URI endpoint(String key, String value) {
        String allowed = "an address such as https://host or http://host:port";
        try {
            URI address = URI.create(value);
            boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            if (web && address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(key, value, allowed, e);
        }
        throw new InvalidSettingException(key, value, allowed);
    }
}
