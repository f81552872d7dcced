package dev.steno.recognition.amazon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.recognition.RecognitionRequest;
import dev.steno.recognition.RecognitionResult;
import dev.steno.transcript.PiiEntity;
import dev.steno.transcript.SessionId;
import dev.steno.transcript.Word;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.transcribestreaming.model.Alternative;
import software.amazon.awssdk.services.transcribestreaming.model.Entity;
import software.amazon.awssdk.services.transcribestreaming.model.Item;
import software.amazon.awssdk.services.transcribestreaming.model.ItemType;
import software.amazon.awssdk.services.transcribestreaming.model.Result;
import software.amazon.awssdk.services.transcribestreaming.model.StartStreamTranscriptionRequest;
import software.amazon.awssdk.services.transcribestreaming.model.Transcript;
import software.amazon.awssdk.services.transcribestreaming.model.TranscriptEvent;

class TranscribeMappingTest {
    private static final Item HELLO = word("Hello", 0.5, 0.9, 0.98);
    private static final Item COMMA =
            Item.builder().content(",").type(ItemType.PUNCTUATION).build();
    private static final Item WORLD = word("world", 1.0, 1.4, null);

    @Test
    void maps_a_final_with_its_words() {
        assertThat(TranscribeMapping.result(result(false, "Hello, world", HELLO, COMMA, WORLD)))
                .hasValueSatisfying(result -> {
                    assertThat(result.text()).isEqualTo("Hello, world");
                    assertThat(result.start()).isEqualTo(0.5);
                    assertThat(result.end()).isEqualTo(1.4);
                    assertThat(result.words().get(0)).isEqualTo(new Word("Hello", 0.5, 0.9, 0.98));
                    assertThat(result.words().get(1).text()).isEqualTo("world");
                    assertThat(result.words().get(1).hasConfidence()).isFalse();
                    assertThat(result.words()).hasSize(2);
                });
    }

    @Test
    void maps_a_partial_without_words() {
        assertThat(TranscribeMapping.result(result(true, "Hello", HELLO)))
                .hasValue(new RecognitionResult("Hello", 0.5, 1.4, List.of()));
    }

    @Test
    void puts_the_text_on_one_line() {
        assertThat(TranscribeMapping.result(result(true, " Hello,\n  world ")))
                .map(RecognitionResult::text)
                .hasValue("Hello, world");
    }

    @Test
    void skips_results_without_text() {
        assertThat(TranscribeMapping.result(Result.builder().build())).isEmpty();
        assertThat(TranscribeMapping.result(result(false, " "))).isEmpty();
        assertThat(TranscribeMapping.result(result(false, null))).isEmpty();
    }

    @Test
    void keeps_the_end_from_lying_before_the_start() {
        Result odd = result(false, "Hello", word("Hello", 2.0, null, null)).toBuilder()
                .startTime(2.0)
                .endTime(null)
                .build();
        Optional<RecognitionResult> mapped = TranscribeMapping.result(odd);
        assertThat(mapped).hasValueSatisfying(result -> {
            assertThat(result.end()).isEqualTo(2.0);
            assertThat(result.words().get(0).end()).isEqualTo(2.0);
        });
    }

    @Test
    void passes_over_events_without_results_and_gaps_among_them() {
        assertThat(TranscribeMapping.results(TranscriptEvent.builder().build())).isEmpty();
        assertThat(TranscribeMapping.results(TranscriptEvent.builder()
                        .transcript(Transcript.builder().build())
                        .build()))
                .isEmpty();
        assertThat(TranscribeMapping.results(TranscriptEvent.builder()
                        .transcript(Transcript.builder()
                                .results((Result) null, result(false, "Hello"))
                                .build())
                        .build()))
                .hasSize(1);
    }

    @Test
    void bears_times_that_are_none_and_gaps_in_lists() {
        Result odd = result(false, "Hello", word("Hello", Double.NaN, Double.POSITIVE_INFINITY, null), null).toBuilder()
                .startTime(-1.0)
                .endTime(Double.NaN)
                .build();
        assertThat(TranscribeMapping.result(odd))
                .hasValue(new RecognitionResult("Hello", 0, 0, List.of(new Word("Hello", 0, 0, Double.NaN))));
        Alternative alternative = odd.alternatives().get(0);
        assertThat(TranscribeMapping.result(
                        odd.toBuilder().alternatives(null, alternative).build()))
                .isPresent();
    }

    @Test
    void tells_how_much_of_a_partial_will_not_change() {
        Item hello = HELLO.toBuilder().stable(true).build();
        Item comma = COMMA.toBuilder().stable(true).build();
        Item world = WORLD.toBuilder().stable(false).build();
        assertThat(stable(result(true, "Hello, world", hello, comma, world))).isEqualTo("Hello,".length());
        assertThat(stable(result(true, "Hello, world", HELLO, comma, world))).isZero();
        assertThat(stable(result(false, "Hello, world", hello, comma, world))).isZero();
    }

    private static int stable(Result result) {
        return TranscribeMapping.result(result).orElseThrow().stableCharacters();
    }

    @Test
    void asks_for_one_language_in_plain_pcm() {
        UUID id = UUID.randomUUID();
        StartStreamTranscriptionRequest request =
                TranscribeMapping.request(new RecognitionRequest(SessionId.random(), "de-DE"), id);
        assertThat(request.languageCodeAsString()).isEqualTo("de-DE");
        assertThat(request.identifyLanguage()).isNull();
        assertThat(request.mediaEncodingAsString()).isEqualTo("pcm");
        assertThat(request.mediaSampleRateHertz()).isEqualTo(16_000);
        assertThat(request.sessionId()).isEqualTo(id.toString());
    }

    @Test
    void asks_for_each_option() {
        Map<String, String> options = Map.ofEntries(
                Map.entry("identify_language", "true"),
                Map.entry("identify_multiple_languages", "true"),
                Map.entry("language_options", "de-DE,en-US"),
                Map.entry("preferred_language", "en-US"),
                Map.entry("vocabulary_name", "v"),
                Map.entry("vocabulary_names", "v,w"),
                Map.entry("vocabulary_filter_name", "f"),
                Map.entry("vocabulary_filter_names", "f,g"),
                Map.entry("vocabulary_filter_method", "mask"),
                Map.entry("partial_results_stability", "high"),
                Map.entry("show_speaker_label", "true"),
                Map.entry("content_identification_type", "PII"),
                Map.entry("content_redaction_type", "PII"),
                Map.entry("pii_entity_types", "NAME,SSN"));
        UUID id = UUID.randomUUID();
        RecognitionRequest everything = new RecognitionRequest(SessionId.random(), "auto", options);
        assertThat(options.keySet()).hasSize(TranscribeOption.NAMES.size() - 1); // all but language_code
        assertThat(TranscribeMapping.request(everything, id))
                .isEqualTo(StartStreamTranscriptionRequest.builder()
                        .mediaEncoding("pcm")
                        .mediaSampleRateHertz(16_000)
                        .sessionId(id.toString())
                        .identifyLanguage(true)
                        .identifyMultipleLanguages(true)
                        .languageOptions("de-DE,en-US")
                        .preferredLanguage("en-US")
                        .vocabularyName("v")
                        .vocabularyNames("v,w")
                        .vocabularyFilterName("f")
                        .vocabularyFilterNames("f,g")
                        .vocabularyFilterMethod("mask")
                        .enablePartialResultsStabilization(true)
                        .partialResultsStability("high")
                        .showSpeakerLabel(true)
                        .contentIdentificationType("PII")
                        .contentRedactionType("PII")
                        .piiEntityTypes("NAME,SSN")
                        .build());
    }

    @Test
    void maps_speakers_language_and_personal_data_of_finals() {
        Item spoken = HELLO.toBuilder().speaker("spk_1").build();
        Entity name = Entity.builder()
                .category("PII")
                .type("NAME")
                .content("Ann\nLee")
                .startTime(0.5)
                .endTime(0.9)
                .confidence(0.8)
                .build();
        Entity bare = Entity.builder().startTime(1.0).build();
        Result result = result(false, "Hello", spoken).toBuilder()
                .languageCode("de-DE")
                .alternatives(Alternative.builder()
                        .transcript("Hello")
                        .items(spoken)
                        .entities(name, bare)
                        .build())
                .build();
        assertThat(TranscribeMapping.result(result))
                .hasValue(new RecognitionResult(
                        "Hello",
                        0.5,
                        1.4,
                        List.of(new Word("Hello", 0.5, 0.9, 0.98, Optional.of("spk_1"))),
                        Optional.of("de-DE"),
                        List.of(
                                new PiiEntity("PII", "NAME", "Ann Lee", 0.5, 0.9, 0.8),
                                new PiiEntity("", "", "", 1.0, 1.0, Double.NaN))));
        assertThat(TranscribeMapping.result(result.toBuilder().isPartial(true).build()))
                .hasValue(new RecognitionResult("Hello", 0.5, 1.4, List.of(), Optional.of("de-DE"), List.of()));
    }

    @Test
    void knows_the_languages_of_streaming() {
        assertThat(TranscribeMapping.LANGUAGES)
                .contains("en-US", "de-DE", "es-US", "zh-CN")
                .doesNotContain("null");
    }

    private static Item word(String text, Double start, Double end, Double confidence) {
        return Item.builder()
                .content(text)
                .type(ItemType.PRONUNCIATION)
                .startTime(start)
                .endTime(end)
                .confidence(confidence)
                .build();
    }

    private static Result result(boolean partial, String text, Item... items) {
        return Result.builder()
                .resultId("1")
                .isPartial(partial)
                .startTime(0.5)
                .endTime(1.4)
                .alternatives(
                        Alternative.builder().transcript(text).items(items).build())
                .build();
    }
}
