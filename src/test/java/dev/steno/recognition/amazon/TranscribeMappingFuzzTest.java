package dev.steno.recognition.amazon;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.steno.recognition.RecognitionResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.transcribestreaming.model.Alternative;
import software.amazon.awssdk.services.transcribestreaming.model.Entity;
import software.amazon.awssdk.services.transcribestreaming.model.Item;
import software.amazon.awssdk.services.transcribestreaming.model.Result;

class TranscribeMappingFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void keeps_the_promises_of_a_result_whatever_the_service_says(FuzzedDataProvider data) {
        TranscribeMapping.result(result(data)).ifPresent(TranscribeMappingFuzzTest::assertKept);
    }

    private static void assertKept(RecognitionResult result) {
        assertThat(result.text()).isNotBlank().doesNotContain("\n", "\r");
        assertTimes(result.start(), result.end());
        result.words().forEach(word -> {
            assertThat(word.text()).isNotBlank().doesNotContain("\n", "\r");
            assertTimes(word.start(), word.end());
        });
        result.entities().forEach(entity -> assertTimes(entity.start(), entity.end()));
    }

    private static void assertTimes(double start, double end) {
        assertThat(start).isFinite().isNotNegative();
        assertThat(end).isFinite().isGreaterThanOrEqualTo(start);
    }

    private static Result result(FuzzedDataProvider data) {
        return Result.builder()
                .resultId(text(data))
                .isPartial(data.consumeBoolean())
                .languageCode(text(data))
                .startTime(number(data))
                .endTime(number(data))
                .alternatives(some(data, () -> alternative(data)))
                .build();
    }

    private static Alternative alternative(FuzzedDataProvider data) {
        return Alternative.builder()
                .transcript(text(data))
                .items(some(data, () -> item(data)))
                .entities(some(data, () -> entity(data)))
                .build();
    }

    private static Item item(FuzzedDataProvider data) {
        return Item.builder()
                .type(data.consumeBoolean() ? "pronunciation" : text(data))
                .content(text(data))
                .speaker(text(data))
                .startTime(number(data))
                .endTime(number(data))
                .confidence(number(data))
                .build();
    }

    private static Entity entity(FuzzedDataProvider data) {
        return Entity.builder()
                .category(text(data))
                .type(text(data))
                .content(text(data))
                .startTime(number(data))
                .endTime(number(data))
                .confidence(number(data))
                .build();
    }

    /** No list, or one of at most three, of which each may be missing: a service may write null anywhere. */
    private static <T> List<T> some(FuzzedDataProvider data, Supplier<T> item) {
        if (data.consumeBoolean()) {
            return null;
        }
        List<T> items = new ArrayList<>();
        for (int left = data.consumeInt(0, 3); left > 0; left--) {
            items.add(data.consumeBoolean() ? item.get() : null);
        }
        return items;
    }

    private static String text(FuzzedDataProvider data) {
        return data.consumeBoolean() ? data.consumeString(30) : null;
    }

    private static Double number(FuzzedDataProvider data) {
        return data.consumeBoolean() ? (Double) data.consumeDouble() : null;
    }
}
