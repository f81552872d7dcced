package dev.steno.recognition.amazon;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The options of a recording, named after the parameters of StartStreamTranscription: first what belongs to a language.
 */
enum TranscribeOption {
    LANGUAGE_CODE(OptionValues.language()),
    IDENTIFY_LANGUAGE(OptionValues.flag()),
    IDENTIFY_MULTIPLE_LANGUAGES(OptionValues.flag()),
    LANGUAGE_OPTIONS(OptionValues.languages()),
    PREFERRED_LANGUAGE(OptionValues.language()),
    VOCABULARY_NAME(OptionValues.name()),
    VOCABULARY_NAMES(OptionValues.names()),
    VOCABULARY_FILTER_NAME(OptionValues.name()),
    VOCABULARY_FILTER_NAMES(OptionValues.names()),
    VOCABULARY_FILTER_METHOD(OptionValues.oneOf("remove", "mask", "tag")),
    PARTIAL_RESULTS_STABILITY(OptionValues.oneOf("low", "medium", "high")),
    SHOW_SPEAKER_LABEL(OptionValues.flag()),
    CONTENT_IDENTIFICATION_TYPE(OptionValues.oneOf("PII")),
    CONTENT_REDACTION_TYPE(OptionValues.oneOf("PII")),
    PII_ENTITY_TYPES(OptionValues.someOf(
            "ADDRESS",
            "ALL",
            "BANK_ACCOUNT_NUMBER",
            "BANK_ROUTING",
            "CREDIT_DEBIT_CVV",
            "CREDIT_DEBIT_EXPIRY",
            "CREDIT_DEBIT_NUMBER",
            "EMAIL",
            "NAME",
            "PHONE",
            "PIN",
            "SSN"));

    static final Set<String> NAMES =
            Arrays.stream(values()).map(TranscribeOption::wireName).collect(Collectors.toUnmodifiableSet());

    private final String wireName = name().toLowerCase(Locale.ROOT);

    @SuppressWarnings("ImmutableEnumChecker") // its function has no state, which the checker cannot know
    private final OptionValues values;

    TranscribeOption(OptionValues values) {
        this.values = values;
    }

    static Optional<TranscribeOption> named(String wireName) {
        return Arrays.stream(values())
                .filter(option -> option.wireName.equals(wireName))
                .findFirst();
    }

    /** As in the {@code start} message: {@code language_code}. */
    String wireName() {
        return wireName;
    }

    OptionValues allowed() {
        return values;
    }
}
