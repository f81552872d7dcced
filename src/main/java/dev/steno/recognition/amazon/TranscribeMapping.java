package dev.steno.recognition.amazon;

import static dev.steno.recognition.amazon.TranscribeOption.CONTENT_IDENTIFICATION_TYPE;
import static dev.steno.recognition.amazon.TranscribeOption.CONTENT_REDACTION_TYPE;
import static dev.steno.recognition.amazon.TranscribeOption.IDENTIFY_LANGUAGE;
import static dev.steno.recognition.amazon.TranscribeOption.IDENTIFY_MULTIPLE_LANGUAGES;
import static dev.steno.recognition.amazon.TranscribeOption.LANGUAGE_OPTIONS;
import static dev.steno.recognition.amazon.TranscribeOption.PARTIAL_RESULTS_STABILITY;
import static dev.steno.recognition.amazon.TranscribeOption.PII_ENTITY_TYPES;
import static dev.steno.recognition.amazon.TranscribeOption.PREFERRED_LANGUAGE;
import static dev.steno.recognition.amazon.TranscribeOption.SHOW_SPEAKER_LABEL;
import static dev.steno.recognition.amazon.TranscribeOption.VOCABULARY_FILTER_METHOD;
import static dev.steno.recognition.amazon.TranscribeOption.VOCABULARY_FILTER_NAME;
import static dev.steno.recognition.amazon.TranscribeOption.VOCABULARY_FILTER_NAMES;
import static dev.steno.recognition.amazon.TranscribeOption.VOCABULARY_NAME;
import static dev.steno.recognition.amazon.TranscribeOption.VOCABULARY_NAMES;

import dev.steno.recognition.RecognitionRequest;
import dev.steno.recognition.RecognitionResult;
import dev.steno.transcript.AudioFormat;
import dev.steno.transcript.PiiEntity;
import dev.steno.transcript.Word;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.transcribestreaming.model.Alternative;
import software.amazon.awssdk.services.transcribestreaming.model.Entity;
import software.amazon.awssdk.services.transcribestreaming.model.Item;
import software.amazon.awssdk.services.transcribestreaming.model.ItemType;
import software.amazon.awssdk.services.transcribestreaming.model.LanguageCode;
import software.amazon.awssdk.services.transcribestreaming.model.MediaEncoding;
import software.amazon.awssdk.services.transcribestreaming.model.Result;
import software.amazon.awssdk.services.transcribestreaming.model.StartStreamTranscriptionRequest;
import software.amazon.awssdk.services.transcribestreaming.model.TranscriptEvent;
import software.amazon.awssdk.services.transcribestreaming.model.TranscriptResultStream;

/** Says the same in Steno's words and in the SDK's. Pure functions. */
final class TranscribeMapping {
    /** The languages that the pinned SDK knows for streaming, in order. */
    static final Set<String> LANGUAGES = LanguageCode.knownValues().stream()
            .map(LanguageCode::toString)
            .collect(Collectors.collectingAndThen(Collectors.toCollection(TreeSet::new), Collections::unmodifiableSet));

    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

    private TranscribeMapping() {}

    /** @param streamId a fresh one for each call: the service answers a repeated one with a conflict */
    static StartStreamTranscriptionRequest request(RecognitionRequest request, UUID streamId) {
        Map<String, String> options = request.options();
        String stability = options.get(PARTIAL_RESULTS_STABILITY.wireName());
        boolean identified = request.languageCode().equals(RecognitionRequest.AUTO);
        return StartStreamTranscriptionRequest.builder()
                .mediaEncoding(MediaEncoding.PCM)
                .mediaSampleRateHertz(AudioFormat.SAMPLE_RATE_HERTZ)
                .sessionId(streamId.toString())
                .languageCode(identified ? null : request.languageCode())
                .identifyLanguage(flag(options, IDENTIFY_LANGUAGE))
                .identifyMultipleLanguages(flag(options, IDENTIFY_MULTIPLE_LANGUAGES))
                .languageOptions(options.get(LANGUAGE_OPTIONS.wireName()))
                .preferredLanguage(options.get(PREFERRED_LANGUAGE.wireName()))
                .vocabularyName(options.get(VOCABULARY_NAME.wireName()))
                .vocabularyNames(options.get(VOCABULARY_NAMES.wireName()))
                .vocabularyFilterName(options.get(VOCABULARY_FILTER_NAME.wireName()))
                .vocabularyFilterNames(options.get(VOCABULARY_FILTER_NAMES.wireName()))
                .vocabularyFilterMethod(options.get(VOCABULARY_FILTER_METHOD.wireName()))
                .enablePartialResultsStabilization(stability == null ? null : Boolean.TRUE)
                .partialResultsStability(stability)
                .showSpeakerLabel(flag(options, SHOW_SPEAKER_LABEL))
                .contentIdentificationType(options.get(CONTENT_IDENTIFICATION_TYPE.wireName()))
                .contentRedactionType(options.get(CONTENT_REDACTION_TYPE.wireName()))
                .piiEntityTypes(options.get(PII_ENTITY_TYPES.wireName()))
                .build();
    }

    /** Whether personal data are to be kept out of the text. */
    static boolean redacted(RecognitionRequest request) {
        return request.options().containsKey(CONTENT_REDACTION_TYPE.wireName());
    }

    private static Boolean flag(Map<String, String> options, TranscribeOption option) {
        return options.containsKey(option.wireName()) ? Boolean.TRUE : null;
    }

    /** The results in an event, without those that are none. */
    static List<Result> results(TranscriptResultStream event) {
        return event instanceof TranscriptEvent told && told.transcript() != null
                ? told.transcript().results().stream().filter(Objects::nonNull).toList()
                : List.of();
    }

    /**
     * Empty when the service says that it heard nothing. Punctuation is in the text, not among the words. What is
     * missing in a list is passed over, and a time that is none is 0.
     */
    static Optional<RecognitionResult> result(Result result) {
        return result.alternatives().stream()
                .filter(Objects::nonNull)
                .findFirst()
                .flatMap(alternative -> result(result, alternative));
    }

    private static Optional<RecognitionResult> result(Result result, Alternative alternative) {
        String text = oneLine(alternative.transcript());
        if (text.isEmpty()) {
            return Optional.empty();
        }
        double start = seconds(result.startTime());
        double end = Math.max(start, seconds(result.endTime()));
        boolean partial = Boolean.TRUE.equals(result.isPartial());
        return Optional.of(new RecognitionResult(
                text,
                start,
                end,
                partial ? List.of() : words(alternative.items()),
                Optional.ofNullable(result.languageCodeAsString()),
                partial ? List.of() : entities(alternative.entities()),
                partial ? stableCharacters(text, alternative.items()) : 0));
    }

    /**
     * Up to the end of the last item before the first one that may change; nothing without
     * {@code partial_results_stability}.
     */
    private static int stableCharacters(String text, List<Item> items) {
        int end = 0;
        for (Item item : items) {
            String content = item == null ? "" : oneLine(item.content());
            int found = text.indexOf(content, end);
            if (content.isEmpty() || found < 0 || !Boolean.TRUE.equals(item.stable())) {
                return end;
            }
            end = found + content.length();
        }
        return end;
    }

    private static List<Word> words(List<Item> items) {
        return items.stream()
                .filter(Objects::nonNull)
                .filter(item -> item.type() == ItemType.PRONUNCIATION)
                .filter(item -> !oneLine(item.content()).isEmpty())
                .map(TranscribeMapping::word)
                .toList();
    }

    private static Word word(Item item) {
        double start = seconds(item.startTime());
        return new Word(
                oneLine(item.content()),
                start,
                Math.max(start, seconds(item.endTime())),
                confidence(item.confidence()),
                Optional.ofNullable(item.speaker()));
    }

    private static List<PiiEntity> entities(List<Entity> entities) {
        return entities.stream()
                .filter(Objects::nonNull)
                .map(TranscribeMapping::entity)
                .toList();
    }

    private static PiiEntity entity(Entity entity) {
        double start = seconds(entity.startTime());
        return new PiiEntity(
                oneLine(entity.category()),
                oneLine(entity.type()),
                oneLine(entity.content()),
                start,
                Math.max(start, seconds(entity.endTime())),
                confidence(entity.confidence()));
    }

    private static double confidence(Double score) {
        return score == null ? Double.NaN : score;
    }

    private static String oneLine(String text) {
        return text == null ? "" : WHITE_SPACE.matcher(text.strip()).replaceAll(" ");
    }

    static double seconds(Double time) {
        return time == null || !Double.isFinite(time) ? 0 : Math.max(0, time);
    }
}
