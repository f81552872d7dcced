package dev.steno.archive.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3BucketTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                "speech-transcription-2f9a",
                "with.dots.in.it",
                "arn:aws:s3:eu-central-1:123456789012:accesspoint/notes",
                "arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap"
            })
    void takes_names_of_buckets_and_access_points(String name) {
        assertThat(bucket(Map.of("S3_BUCKET", name)).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ab",
                "Capitals",
                "under_score",
                "s3://bucket",
                "bucket/folder",
                "-a-b",
                "a..b",
                "192.168.0.1",
                "a b"
            })
    void refuses_what_is_no_name_of_a_bucket(String name) {
        assertThatThrownBy(() -> bucket(Map.of("S3_BUCKET", name)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("S3_BUCKET=" + name + " makes no sense")
                .hasMessageContaining("S3_PREFIX");
    }

    @Test
    void refuses_a_name_longer_than_63() {
        assertThat(bucket(Map.of("S3_BUCKET", "a".repeat(63))).name()).hasSize(63);
        assertThatThrownBy(() -> bucket(Map.of("S3_BUCKET", "a".repeat(64))))
                .isInstanceOf(InvalidSettingException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "team/, team/",
        "team, team",
        "/team/minutes/, team/minutes/",
        "///team-, team-",
        "/, ''",
        "Größe + 1/, Größe + 1/",
        "v1.2/.hidden/, v1.2/.hidden/"
    })
    void takes_the_prefix_as_it_is_but_for_slashes_at_its_start(String value, String prefix) {
        assertThat(bucket(Map.of("S3_BUCKET", "abc", "S3_PREFIX", value)).prefix())
                .isEqualTo(prefix);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a//b", "a/../b", "..", "./", "a/.", "a\\b", "a\tb", "a\nb"})
    void refuses_a_prefix_that_leads_elsewhere_or_cannot_be_seen(String value) {
        assertThatThrownBy(() -> bucket(Map.of("S3_BUCKET", "abc", "S3_PREFIX", value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("S3_PREFIX=" + value);
    }

    @Test
    void refuses_a_prefix_that_leaves_no_room_for_a_name() {
        assertThatThrownBy(() -> bucket(Map.of("S3_BUCKET", "abc", "S3_PREFIX", "ö".repeat(451))))
                .isInstanceOf(InvalidSettingException.class);
    }

    @Test
    void names_the_bucket_in_the_path_only_when_asked_to() {
        assertThat(bucket(Map.of("S3_BUCKET", "abc")).pathStyle()).isFalse();
        assertThat(bucket(Map.of("S3_BUCKET", "abc", "S3_PATH_STYLE", "true")).pathStyle())
                .isTrue();
        assertThatThrownBy(() -> bucket(Map.of("S3_BUCKET", "abc", "S3_PATH_STYLE", "yes")))
                .isInstanceOf(InvalidSettingException.class);
    }

    private static S3Bucket bucket(Map<String, String> settings) {
        return S3Bucket.of(new Settings(key -> Optional.ofNullable(settings.get(key))));
    }
}
