package dev.steno.recognition.amazon;

import static dev.steno.recognition.amazon.TranscribeOption.CONTENT_IDENTIFICATION_TYPE;
import static dev.steno.recognition.amazon.TranscribeOption.CONTENT_REDACTION_TYPE;
import static dev.steno.recognition.amazon.TranscribeOption.IDENTIFY_LANGUAGE;
import static dev.steno.recognition.amazon.TranscribeOption.IDENTIFY_MULTIPLE_LANGUAGES;
import static dev.steno.recognition.amazon.TranscribeOption.LANGUAGE_CODE;
import static dev.steno.recognition.amazon.TranscribeOption.LANGUAGE_OPTIONS;
import static dev.steno.recognition.amazon.TranscribeOption.PII_ENTITY_TYPES;
import static dev.steno.recognition.amazon.TranscribeOption.PREFERRED_LANGUAGE;
import static dev.steno.recognition.amazon.TranscribeOption.VOCABULARY_FILTER_NAME;
import static dev.steno.recognition.amazon.TranscribeOption.VOCABULARY_FILTER_NAMES;
import static dev.steno.recognition.amazon.TranscribeOption.VOCABULARY_NAME;
import static dev.steno.recognition.amazon.TranscribeOption.VOCABULARY_NAMES;

import dev.steno.recognition.PhrasesOption;
import dev.steno.recognition.RecognitionRequest;
import dev.steno.recognition.RefusedOptionsException;
import dev.steno.recognition.RefusedOptionsException.Reason;
import dev.steno.transcript.SessionId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The options of one recording: the configured ones, overruled by those that the client names; an empty value takes a
 * configured one away. A recording in another language than the configured one takes nothing over that belongs to a
 * language. Refuses before a stream is opened what the service would refuse after.
 *
 * @see <a
 * href="https://docs.aws.amazon.com/transcribe/latest/APIReference/API_streaming_StartStreamTranscription.html">
 *     the parameters of StartStreamTranscription and what excludes what</a>
 */
final class TranscribeOptions {
    private static final Set<TranscribeOption> IDENTIFICATION =
            EnumSet.of(IDENTIFY_LANGUAGE, IDENTIFY_MULTIPLE_LANGUAGES);

    private static final Set<TranscribeOption> LANGUAGE = EnumSet.range(LANGUAGE_CODE, PREFERRED_LANGUAGE);

    /** Vocabularies and filters are made for a language. */
    private static final Set<TranscribeOption> BOUND_TO_LANGUAGE =
            EnumSet.range(LANGUAGE_CODE, VOCABULARY_FILTER_NAMES);

    private static final Map<TranscribeOption, Set<TranscribeOption>> NEEDS_ONE_OF = new EnumMap<>(Map.of(
            IDENTIFY_LANGUAGE, EnumSet.of(LANGUAGE_OPTIONS),
            IDENTIFY_MULTIPLE_LANGUAGES, EnumSet.of(LANGUAGE_OPTIONS),
            LANGUAGE_OPTIONS, IDENTIFICATION,
            PREFERRED_LANGUAGE, EnumSet.of(IDENTIFY_LANGUAGE),
            VOCABULARY_NAMES, IDENTIFICATION,
            VOCABULARY_FILTER_NAMES, IDENTIFICATION,
            PII_ENTITY_TYPES, EnumSet.of(CONTENT_IDENTIFICATION_TYPE, CONTENT_REDACTION_TYPE)));

    private static final Map<TranscribeOption, Set<TranscribeOption>> EXCLUDES = new EnumMap<>(Map.of(
            LANGUAGE_CODE, IDENTIFICATION,
            IDENTIFY_LANGUAGE, EnumSet.of(IDENTIFY_MULTIPLE_LANGUAGES),
            VOCABULARY_NAME, IDENTIFICATION,
            VOCABULARY_FILTER_NAME, IDENTIFICATION,
            CONTENT_IDENTIFICATION_TYPE, IDENTIFICATION,
            CONTENT_REDACTION_TYPE,
                    EnumSet.of(IDENTIFY_LANGUAGE, IDENTIFY_MULTIPLE_LANGUAGES, CONTENT_IDENTIFICATION_TYPE)));

    /** AWS: more than five are not recommended. */
    private static final int MOST_LANGUAGES = 5;

    /** <a href="https://docs.aws.amazon.com/transcribe/latest/dg/pii-redaction-stream.html">As AWS lists them.</a> */
    private static final Set<String> PII_LANGUAGES = Set.of(
            "de-CH", "de-DE", "en-AB", "en-AU", "en-GB", "en-IE", "en-IN", "en-NZ", "en-US", "en-WL", "en-ZA", "es-ES",
            "es-US", "fr-CA", "fr-FR", "it-IT", "pt-BR", "pt-PT");

    private static final String NO_PHRASES =
            "cannot be sent to Amazon Transcribe, which takes no list of words: make a "
                    + "custom vocabulary of them and name it in vocabulary_name";

    private final Map<TranscribeOption, String> values;

    private TranscribeOptions(Map<TranscribeOption, String> values) {
        this.values = values;
    }

    static RecognitionRequest prepare(SessionId id, Map<String, String> defaults, Map<String, String> wanted)
            throws RefusedOptionsException {
        TranscribeOptions options = new TranscribeOptions(merge(parse(defaults), parse(wanted)));
        options.checkCombinations();
        options.checkLanguages();
        Map<String, String> named = new TreeMap<>();
        options.values.forEach((option, value) -> named.put(option.wireName(), value));
        return new RecognitionRequest(id, options.languageCode(), named);
    }

    private static Map<TranscribeOption, String> parse(Map<String, String> named) throws RefusedOptionsException {
        Map<TranscribeOption, String> parsed = new EnumMap<>(TranscribeOption.class);
        for (Map.Entry<String, String> entry : named.entrySet()) {
            if (entry.getKey().equals(PhrasesOption.NAME)) {
                PhrasesOption.refuse(entry.getValue(), NO_PHRASES);
                continue;
            }
            Optional<TranscribeOption> option = TranscribeOption.named(entry.getKey());
            if (option.isEmpty()) {
                throw RefusedOptionsException.unknownOption(entry.getKey(), TranscribeOption.NAMES);
            }
            String value = Arrays.stream(entry.getValue().split(",", -1))
                    .map(String::strip)
                    .collect(Collectors.joining(","));
            option.get().allowed().check(entry.getKey(), value);
            parsed.put(option.get(), value.equals("false") ? "" : value);
        }
        return parsed;
    }

    private static Map<TranscribeOption, String> merge(
            Map<TranscribeOption, String> defaults, Map<TranscribeOption, String> wanted) {
        wanted.remove(LANGUAGE_CODE, ""); // some language there must be: the configured one
        boolean otherLanguage = LANGUAGE.stream()
                .anyMatch(option ->
                        wanted.containsKey(option) && !wanted.get(option).equals(defaults.getOrDefault(option, "")));
        if (otherLanguage) {
            defaults.keySet().removeAll(BOUND_TO_LANGUAGE);
        }
        defaults.putAll(wanted);
        defaults.values().removeIf(String::isEmpty);
        if (IDENTIFICATION.stream().noneMatch(defaults::containsKey)) {
            defaults.putIfAbsent(LANGUAGE_CODE, RecognitionRequest.DEFAULT_LANGUAGE);
        }
        return defaults;
    }

    private void checkCombinations() throws RefusedOptionsException {
        for (TranscribeOption option : values.keySet()) {
            Set<TranscribeOption> needed = NEEDS_ONE_OF.getOrDefault(option, Set.of());
            if (!needed.isEmpty() && needed.stream().noneMatch(values::containsKey)) {
                throw refused(option, "needs " + names(needed));
            }
            for (TranscribeOption excluded : EXCLUDES.getOrDefault(option, Set.of())) {
                if (values.containsKey(excluded)) {
                    throw refused(option, "cannot be combined with " + excluded.wireName());
                }
            }
        }
    }

    private void checkLanguages() throws RefusedOptionsException {
        if (values.containsKey(LANGUAGE_OPTIONS)) {
            List<String> languages = Arrays.asList(values.get(LANGUAGE_OPTIONS).split(",", -1));
            if (languages.size() < 2 || languages.size() > MOST_LANGUAGES) {
                throw refused(LANGUAGE_OPTIONS, "must be 2 to " + MOST_LANGUAGES + " languages");
            }
            if (!languages.stream().map(code -> code.split("-", 2)[0]).allMatch(new HashSet<>()::add)) {
                throw refused(LANGUAGE_OPTIONS, "must have one dialect of each language only");
            }
            if (values.containsKey(PREFERRED_LANGUAGE) && !languages.contains(values.get(PREFERRED_LANGUAGE))) {
                throw refused(PREFERRED_LANGUAGE, "must be one of language_options");
            }
        }
        for (TranscribeOption pii : NEEDS_ONE_OF.get(PII_ENTITY_TYPES)) {
            if (values.containsKey(pii) && !PII_LANGUAGES.contains(languageCode())) {
                throw refused(
                        pii, "works with " + PII_LANGUAGES.stream().sorted().collect(Collectors.joining(", ")));
            }
        }
    }

    private String languageCode() {
        return values.getOrDefault(LANGUAGE_CODE, RecognitionRequest.AUTO);
    }

    private static String names(Set<TranscribeOption> options) {
        return options.stream().map(TranscribeOption::wireName).collect(Collectors.joining(" or "));
    }

    private static RefusedOptionsException refused(TranscribeOption option, String problem) {
        return new RefusedOptionsException(Reason.BAD_OPTION, option.wireName(), problem);
    }
}
