package dev.steno.recognition.amazon;

import dev.steno.recognition.RecognitionRequest;
import dev.steno.recognition.RecognitionResult;
import dev.steno.transcript.AudioFormat;
import dev.steno.transcript.Word;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.transcribestreaming.model.Alternative;
import software.amazon.awssdk.services.transcribestreaming.model.Item;
import software.amazon.awssdk.services.transcribestreaming.model.ItemType;
import software.amazon.awssdk.services.transcribestreaming.model.LanguageCode;
import software.amazon.awssdk.services.transcribestreaming.model.MediaEncoding;
import software.amazon.awssdk.services.transcribestreaming.model.Result;
import software.amazon.awssdk.services.transcribestreaming.model.StartStreamTranscriptionRequest;

/** Says the same in Steno's words and in the SDK's. Pure functions. */
final class TranscribeMapping {
    /** The languages that the pinned SDK knows for streaming, in order. */
    static final Set<String> LANGUAGES = LanguageCode.knownValues().stream()
            .map(LanguageCode::toString)
            .collect(Collectors.collectingAndThen(Collectors.toCollection(TreeSet::new), Collections::unmodifiableSet));

    private TranscribeMapping() {}

    /** @param streamId a fresh one for each call: the service answers a repeated one with a conflict */
    static StartStreamTranscriptionRequest request(RecognitionRequest request, UUID streamId) {
        return StartStreamTranscriptionRequest.builder()
                .languageCode(request.languageCode())
                .mediaEncoding(MediaEncoding.PCM)
                .mediaSampleRateHertz(AudioFormat.SAMPLE_RATE_HERTZ)
                .sessionId(streamId.toString())
                .build();
    }

    /** Empty when the service says that it heard nothing. Punctuation is in the text, not among the words. */
    static Optional<RecognitionResult> result(Result result) {
        return result.alternatives().stream().findFirst().flatMap(alternative -> result(result, alternative));
    }

    private static Optional<RecognitionResult> result(Result result, Alternative alternative) {
        String text = oneLine(alternative.transcript());
        if (text.isEmpty()) {
            return Optional.empty();
        }
        double start = seconds(result.startTime());
        double end = Math.max(start, seconds(result.endTime()));
        List<Word> words = Boolean.TRUE.equals(result.isPartial()) ? List.of() : words(alternative.items());
        return Optional.of(new RecognitionResult(text, start, end, words));
    }

    private static List<Word> words(List<Item> items) {
        return items.stream()
                .filter(item -> item.type() == ItemType.PRONUNCIATION)
                .filter(item -> !oneLine(item.content()).isEmpty())
                .map(TranscribeMapping::word)
                .toList();
    }

    private static Word word(Item item) {
        double start = seconds(item.startTime());
        double confidence = item.confidence() == null ? Double.NaN : item.confidence();
        return new Word(oneLine(item.content()), start, Math.max(start, seconds(item.endTime())), confidence);
    }

    private static String oneLine(String text) {
        return text == null ? "" : text.strip().replaceAll("\\s+", " ");
    }

    private static double seconds(Double time) {
        return time == null ? 0 : time;
    }
}
