package dev.steno.recognition.amazon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.steno.recognition.RecognitionRequest;
import dev.steno.recognition.RefusedOptionsException;
import dev.steno.recognition.RefusedOptionsException.Reason;
import dev.steno.transcript.SessionId;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options are written as {@code name=value} with semicolons between them. */
class TranscribeOptionsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                                                         | en-US
            language_code=de-DE                                       | de-DE
            language_code=                                            | en-US
            identify_language=false                                   | en-US
            language_code=de-DE; identify_language=false              | de-DE
            identify_language=true; language_options=de-DE,en-US      | auto
            identify_language=true; language_options=de-DE,en-US; preferred_language=en-US | auto
            identify_multiple_languages=true; language_options=de-DE,en-US,fr-FR,it-IT,ja-JP; vocabulary_names=a,b | auto
            content_redaction_type=PII; pii_entity_types=NAME, SSN    | en-US
            content_identification_type=PII; language_code=pt-BR      | pt-BR
            vocabulary_filter_name=rude.words; vocabulary_filter_method=mask; partial_results_stability=low | en-US
            """)
    void takes(String options, String language) throws Exception {
        assertThat(prepare("", options).languageCode()).isEqualTo(language);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            colour=red                                           | colour is not known here
            language_code=en-us                                  | language_code must be one of af-ZA, am-ET
            preferred_language=xx                                | preferred_language must be one of
            identify_language=yes                                | identify_language must be true or false
            show_speaker_label=1                                 | show_speaker_label must be true or false
            vocabulary_name=my words                             | vocabulary_name must be a name of letters
            vocabulary_name=a,b                                  | vocabulary_name must be a name
            vocabulary_names=a,,b                                | vocabulary_names must be names
            vocabulary_filter_method=hide                        | vocabulary_filter_method must be one of remove, mask, tag
            partial_results_stability=LOW                        | partial_results_stability must be one of low, medium, high
            content_redaction_type=ALL                           | content_redaction_type must be one of PII
            content_redaction_type=PII; pii_entity_types=NAME,AGE | pii_entity_types must be some of ADDRESS, ALL
            language_code=de-DE; identify_language=true; language_options=de-DE,en-US | language_code cannot be combined with identify_language
            identify_language=true; identify_multiple_languages=true; language_options=de-DE,en-US | identify_language cannot be combined with identify_multiple_languages
            identify_language=true                               | identify_language needs language_options
            identify_multiple_languages=true                     | identify_multiple_languages needs language_options
            language_options=de-DE,en-US                         | language_options needs identify_language or identify_multiple_languages
            identify_language=true; language_options=de-DE       | language_options must be 2 to 5 languages
            identify_language=true; language_options=de-DE,en-US,fr-FR,it-IT,ja-JP,ko-KR | language_options must be 2 to 5
            identify_language=true; language_options=en-US,en-AU | language_options must have one dialect
            identify_language=true; language_options=en-US,en-US | language_options must have one dialect
            identify_language=true; language_options=de-DE,en-US; preferred_language=fr-FR | preferred_language must be one of language_options
            preferred_language=en-US                             | preferred_language needs identify_language
            identify_multiple_languages=true; language_options=de-DE,en-US; preferred_language=de-DE | preferred_language needs identify_language
            identify_language=true; language_options=de-DE,en-US; vocabulary_name=a | vocabulary_name cannot be combined with identify_language
            identify_language=true; language_options=de-DE,en-US; vocabulary_filter_name=a | vocabulary_filter_name cannot be combined
            vocabulary_names=a,b                                 | vocabulary_names needs identify_language or
            vocabulary_filter_names=a                            | vocabulary_filter_names needs identify_language or
            content_redaction_type=PII; content_identification_type=PII | content_redaction_type cannot be combined with content_identification_type
            identify_language=true; language_options=de-DE,en-US; content_redaction_type=PII | content_redaction_type cannot be combined with identify_language
            identify_multiple_languages=true; language_options=de-DE,en-US; content_identification_type=PII | content_identification_type cannot be combined with identify_multiple
            content_redaction_type=PII; language_code=ja-JP      | content_redaction_type works with de-CH, de-DE
            content_identification_type=PII; language_code=ko-KR | content_identification_type works with
            pii_entity_types=NAME                                | pii_entity_types needs content_identification_type or content_redaction_type
            """)
    void refuses(String options, String message) {
        RefusedOptionsException refused =
                catchThrowableOfType(RefusedOptionsException.class, () -> prepare("", options));
        assertThat(refused).hasMessageStartingWith(message).hasMessageEndingWith(".");
    }

    @ParameterizedTest
    @CsvSource({"language_code,UNSUPPORTED_LANGUAGE", "show_speaker_label,BAD_OPTION"})
    void says_whether_a_language_is_at_fault_and_repeats_no_value(String option, Reason reason) {
        String value = "x".repeat(10_000);
        RefusedOptionsException refused =
                catchThrowableOfType(RefusedOptionsException.class, () -> prepare("", option + "=" + value));
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.option()).isEqualTo(option);
        assertThat(refused.getMessage()).doesNotContain("xxxx").hasSizeLessThan(1_200);
        RefusedOptionsException unknown =
                catchThrowableOfType(RefusedOptionsException.class, () -> prepare("", value + "=1"));
        assertThat(unknown).hasMessageStartingWith("This option is not known here. Known are content_");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            language_code=de-DE; vocabulary_name=a    | -                     | {language_code=de-DE, vocabulary_name=a}
            language_code=de-DE; vocabulary_name=a    | language_code=de-DE   | {language_code=de-DE, vocabulary_name=a}
            language_code=de-DE; vocabulary_name=a    | language_code=        | {language_code=de-DE, vocabulary_name=a}
            language_code=de-DE; vocabulary_name=a    | identify_language=false | {language_code=de-DE, vocabulary_name=a}
            language_code=de-DE; vocabulary_name=a    | language_code=fr-FR   | {language_code=fr-FR}
            language_code=de-DE; vocabulary_name=a    | vocabulary_name=b     | {language_code=de-DE, vocabulary_name=b}
            language_code=de-DE; vocabulary_name=a    | vocabulary_name=      | {language_code=de-DE}
            language_code=de-DE; vocabulary_name=a    | identify_language=true; language_options=en-US,de-DE | {identify_language=true, language_options=en-US,de-DE}
            identify_language=true; language_options=en-US,de-DE | language_code=fr-FR | {language_code=fr-FR}
            identify_language=true; language_options=en-US,de-DE | show_speaker_label=true | {identify_language=true, language_options=en-US,de-DE, show_speaker_label=true}
            content_redaction_type=PII                | language_code=de-DE   | {content_redaction_type=PII, language_code=de-DE}
            show_speaker_label=true                   | show_speaker_label=false | {language_code=en-US}
            vocabulary_filter_method=mask             | -                     | {language_code=en-US, vocabulary_filter_method=mask}
            """)
    void merges_what_is_configured_with_what_is_asked_for(String configured, String wanted, String effective)
            throws Exception {
        assertThat(new TreeMap<>(prepare(configured, wanted).options())).hasToString(effective);
    }

    @ParameterizedTest
    @CsvSource({"vocabulary_names,'a,'", "pii_entity_types,'SSN,'", "language_options,'de-DE,'", "vocabulary_name,' '"})
    @Timeout(10) // seconds; it takes some thousandths
    void is_quick_with_input_that_is_far_too_long(String option, String repeated) {
        String value = "a" + repeated.repeat(250_000) + "a";
        RefusedOptionsException refused =
                catchThrowableOfType(RefusedOptionsException.class, () -> prepare("", option + "=" + value));
        assertThat(refused.option()).isEqualTo(option);
    }

    @Test
    void keeps_redaction_that_a_language_cannot_have_from_being_dropped_in_silence() {
        assertThat(catchThrowableOfType(
                        RefusedOptionsException.class,
                        () -> prepare("content_redaction_type=PII", "language_code=ja-JP")))
                .hasMessageContaining("content_redaction_type");
    }

    private static RecognitionRequest prepare(String configured, String wanted) throws RefusedOptionsException {
        return TranscribeOptions.prepare(SessionId.random(), options(configured), options(wanted));
    }

    private static Map<String, String> options(String text) {
        Map<String, String> options = new TreeMap<>();
        for (String option : (text == null ? "" : text).split(";", -1)) {
            if (!option.isBlank()) {
                String[] pair = option.strip().split("=", 2);
                options.put(pair[0], pair[1]);
            }
        }
        return options;
    }
}
