package dev.steno.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

class AwsSettingsTest {
    @Test
    void uses_the_default_region_and_chain_when_nothing_is_set() {
        AwsSettings settings = settings(Map.of());
        assertThat(settings.region()).isEqualTo(Region.US_EAST_1);
        assertThat(settings.credentials()).isInstanceOf(DefaultCredentialsProvider.class);
        assertThat(settings.s3Endpoint()).isEmpty();
        assertThat(settings.transcribeEndpoint()).isEmpty();
    }

    @Test
    void uses_the_default_chain_when_the_keys_are_empty() {
        AwsSettings settings =
                settings(Map.of("AWS_ACCESS_KEY_ID", " ", "AWS_SECRET_ACCESS_KEY", "", "AWS_SESSION_TOKEN", ""));
        assertThat(settings.credentials()).isInstanceOf(DefaultCredentialsProvider.class);
    }

    /** The SDK reads them as environment variables or as system properties. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "aws.useFipsEndpoint",
                "aws.useDualstackEndpoint",
                "aws.defaultsMode",
                "aws.ignoreConfiguredEndpointUrls"
            })
    void takes_an_empty_setting_of_the_sdk_for_absent(String property) {
        System.setProperty(property, "");
        AwsSettings settings = new AwsSettings(new Settings(key -> Optional.empty()));
        try (S3Client client = settings.configure(S3Client.builder(), Optional.empty(), S3Client.SERVICE_METADATA_ID)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            assertThat(client.serviceName()).isEqualTo("s3");
        } finally {
            System.clearProperty(property);
        }
    }

    @Test
    void uses_configured_keys() {
        AwsSettings keys = settings(Map.of("AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", "secret"));
        assertThat(keys.credentials().resolveCredentials()).isEqualTo(AwsBasicCredentials.create("id", "secret"));

        AwsSettings token = settings(
                Map.of("AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", "secret", "AWS_SESSION_TOKEN", "token"));
        assertThat(token.credentials().resolveCredentials())
                .isEqualTo(AwsSessionCredentials.create("id", "secret", "token"));
    }

    @Test
    void refuses_half_a_pair_of_keys_without_telling_the_secret() {
        assertThatThrownBy(() -> settings(Map.of("AWS_ACCESS_KEY_ID", "id")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("AWS_SECRET_ACCESS_KEY=");
        assertThatThrownBy(() -> settings(Map.of("AWS_SECRET_ACCESS_KEY", "hidden")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("AWS_ACCESS_KEY_ID=")
                .hasMessageNotContaining("hidden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eu-central-1", "us-gov-west-1", "cn-north-1", "eusc-de-east-1", "ap-southeast-7"})
    void takes_a_region(String region) {
        assertThat(settings(Map.of("AWS_REGION", region)).region().id()).isEqualTo(region);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Frankfurt", "eu-central", "eu-central-1 ; rm", "EU-CENTRAL-1", "eu-central-1a"})
    void refuses_a_region_that_is_none(String region) {
        assertThatThrownBy(() -> settings(Map.of("AWS_REGION", region)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("AWS_REGION=" + region);
    }

    @Test
    void takes_endpoints_with_and_without_tls() {
        AwsSettings settings = settings(Map.of(
                "AWS_ENDPOINT_URL_S3",
                "https://minio.example",
                "AWS_ENDPOINT_URL_TRANSCRIBE_STREAMING",
                "http://127.0.0.1:1"));
        assertThat(settings.s3Endpoint()).hasValue(URI.create("https://minio.example"));
        assertThat(settings.transcribeEndpoint()).hasValue(URI.create("http://127.0.0.1:1"));
    }

    @ParameterizedTest
    @CsvSource({
        "AWS_ENDPOINT_URL_S3,localhost:9000",
        "AWS_ENDPOINT_URL_S3,ftp://x",
        "AWS_ENDPOINT_URL_S3,http://",
        "AWS_ENDPOINT_URL_TRANSCRIBE_STREAMING,http:// x"
    })
    void refuses_an_endpoint_that_is_none(String key, String value) {
        assertThatThrownBy(() -> settings(Map.of(key, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(key + "=" + value);
    }

    private static AwsSettings settings(Map<String, String> values) {
        return new AwsSettings(new Settings(key -> Optional.ofNullable(values.get(key))));
    }
}
