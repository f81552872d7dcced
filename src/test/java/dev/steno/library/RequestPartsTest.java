package dev.steno.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.archive.TranscriptJson;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller may write into headers, parameters and edits. */
class RequestPartsTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final JsonObject DOCUMENT = TranscriptJson.parse("""
            {"session_id":"1","new_field":{"a":1},"title":"Old","speakers":{"spk_0":"Ann"},"segments":[
             {"segment":0,"text":"first","start":0,"end":1,"words":[]},{"segment":1,"text":"second","start":1,"end":2,"words":[],"x":1}]}""");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-9   | 0-9",
                "bytes=90-   | 90-99",
                "bytes=-5    | 95-99",
                "bytes=-500  | 0-99",
                "bytes=99-99 | 99-99",
                "bytes=50-500| 50-99",
                "bytes=9-0   | whole",
                "bytes=-     | whole",
                "bytes=0-1,5-6 | whole",
                "lines=1-2   | whole",
                "''          | whole",
                "bytes=100-  | 416",
                "bytes=-0    | 416",
            })
    void reads_one_range_of_bytes(String header, String expected) {
        String read;
        try {
            read = ByteRange.parse(header, 100)
                    .map(range -> range.first() + "-" + range.last())
                    .orElse("whole");
        } catch (Problem problem) {
            read = Integer.toString(problem.status());
        }
        assertThat(read).isEqualTo(expected);
    }

    @Test
    void gives_a_player_a_part_of_what_is_left() {
        assertThat(new ByteRange(10, 99).first(50)).isEqualTo(new ByteRange(10, 59));
        assertThat(new ByteRange(90, 99).first(50)).isEqualTo(new ByteRange(90, 99));
        assertThat(new ByteRange(90, 99).length()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"abc\" | true", "W/\"abc\" | true", "\"abc-txt\" | true", "\"abc.gzip\" | true",
                        "\"x\", \"abc\" | true", "* | true",
                "\"abcd\" | false", "\"ab\" | false", "\"\" | false", "\"x\" | false", "\"abc-\" | false", "'' | false",
            })
    void an_entity_tag_names_a_revision_with_or_without_a_format(String header, boolean matches) {
        assertThat(Revisions.match(header, "abc")).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"owner\":\"me\"}",
                "{\"title\":1}",
                "{\"speakers\":[]}",
                "{\"speakers\":{\"a\":1}}",
                "{\"segments\":{}}",
                "{\"segments\":[1]}",
                "{\"segments\":[{\"segment\":0}]}",
                "{\"segments\":[{\"segment\":\"0\",\"text\":\"x\"}]}",
                "{\"segments\":[{\"segment\":0.5,\"text\":\"x\"}]}",
                "{\"segments\":[{\"segment\":0,\"text\":\" \"}]}",
                "{\"segments\":[{\"segment\":0,\"text\":\"x\",\"words\":[]}]}",
                "{\"segments\":[{\"segment\":99999999999,\"text\":\"x\"}]}"
            })
    void refuses_an_edit_that_is_none(String body) {
        assertThatThrownBy(() -> TranscriptPatch.parse(body).apply(DOCUMENT, NOW))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(400));
    }

    @Test
    void corrects_and_keeps_what_it_does_not_know_and_what_the_engine_had_said() {
        JsonObject edited = apply(DOCUMENT, """
                {"title":" New\\ttitle ","speakers":{"spk_1":"Bob","spk_0":null},"segments":[{"segment":1,"text":"zwei\\n drei"}]}""");

        assertThat(edited.getString("title")).isEqualTo("New title");
        assertThat(edited.getJsonObject("speakers").keySet()).containsExactly("spk_1");
        assertThat(edited.getJsonObject("new_field")).isEqualTo(DOCUMENT.getJsonObject("new_field"));
        assertThat(edited.getJsonArray("segments").get(0))
                .isEqualTo(DOCUMENT.getJsonArray("segments").get(0));
        JsonObject segment = edited.getJsonArray("segments").getJsonObject(1);
        assertThat(segment.getString("text")).isEqualTo("zwei drei");
        assertThat(segment.getString("original_text")).isEqualTo("second");
        assertThat(segment.getInt("x")).isEqualTo(1);
        assertThat(edited.keySet()).startsWith("session_id");

        JsonObject again = apply(edited, "{\"segments\":[{\"segment\":1,\"text\":\"vier\"}]}");
        assertThat(again.getJsonArray("segments").getJsonObject(1).getString("original_text"))
                .isEqualTo("second");
        JsonObject undone = apply(again, "{\"title\":null,\"segments\":[{\"segment\":1,\"text\":\"second\"}]}");
        assertThat(undone.getJsonArray("segments")).isEqualTo(DOCUMENT.getJsonArray("segments"));
        assertThat(undone).doesNotContainKey("title");
    }

    @ParameterizedTest
    @CsvSource({
        "from, 2024-12-15",
        "from, 2024-12-15T14:30:22Z",
        "to, 2024-12-15T14:30:22+01:00",
        "to, 2024-12-15T14:30:22 01:00",
        "limit, 100",
        "cursor, 20241215_143022_2",
        "sort, best"
    })
    void takes_parameters_as_they_are_documented(String name, String value) {
        assertThat(ListQuery.of(Map.of(name, value)::get)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "from, yesterday",
        "to, 2024-13-01",
        "from, 2024-12-15T14:30:22",
        "limit, 0",
        "limit, 101",
        "limit, x",
        "cursor, 1",
        "sort, oldest"
    })
    void refuses_parameters_that_make_no_sense(String name, String value) {
        assertThatThrownBy(() -> ListQuery.of(Map.of(name, value)::get))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(name);
    }

    private static JsonObject apply(JsonObject document, String body) {
        return TranscriptPatch.parse(body).apply(document, NOW);
    }
}
