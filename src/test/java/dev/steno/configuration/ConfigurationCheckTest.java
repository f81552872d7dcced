package dev.steno.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of features that are switched off are read, too. */
class ConfigurationCheckTest {
    private static final List<ConfigurationCheck> CHECKS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.steno").stream()
                    .filter(type -> type.isAssignableTo(ConfigurationCheck.class) && !type.isInterface())
                    .map(ConfigurationCheckTest::make)
                    .toList();

    @ParameterizedTest
    @CsvSource({
        "AUTH_QUERY_TOKEN, maybe",
        "AUTH_TOKENS, short",
        "AWS_ENDPOINT_URL_S3, nonsense",
        "AWS_ENDPOINT_URL_TRANSCRIBE_STREAMING, ftp://host",
        "AWS_ENDPOINT_URL_TRANSLATE, nonsense",
        "AWS_REGION, Mars 1",
        "REALTIME_DIALECT, french",
        "REALTIME_URL, nonsense",
        "S3_ENCRYPTION, rot13",
        "S3_PATH_STYLE, maybe",
        "S3_PREFIX, a//b",
        "SPHINX_POOL, 0",
        "SPHINX_POOL, 65",
        "TRANSLATION_URL, nonsense",
        "VOSK_URL, nonsense",
    })
    void refuse_a_value_that_makes_no_sense(String key, String value) {
        assertThatThrownBy(() -> check(Map.of(key, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(key);
    }

    @Test
    void accept_what_is_not_set_or_empty() {
        assertThat(CHECKS).hasSizeGreaterThan(5);
        assertThatCode(() -> check(Map.of())).doesNotThrowAnyException();
        assertThatCode(() -> check(Map.of("AUTH_TOKENS", " ", "TRANSLATION_URL", "", "S3_PATH_STYLE", " ")))
                .doesNotThrowAnyException();
    }

    /** Another program's, perhaps: where Steno uses no keys it does not ask for both. */
    @Test
    void accept_half_a_pair_of_keys_without_aws() {
        assertThatCode(() -> check(Map.of("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"))).doesNotThrowAnyException();
    }

    private static void check(Map<String, String> values) {
        Settings settings = new Settings(key -> Optional.ofNullable(values.get(key)));
        CHECKS.forEach(check -> check.check(settings));
    }

    private static ConfigurationCheck make(JavaClass type) {
        try {
            Constructor<?> constructor = type.reflect().getDeclaredConstructor();
            constructor.setAccessible(true);
            return (ConfigurationCheck) constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type.getName(), e);
        }
    }
}
