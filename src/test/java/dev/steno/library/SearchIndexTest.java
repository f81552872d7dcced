package dev.steno.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.archive.ListRange;
import dev.steno.archive.TranscriptStem;
import dev.steno.transcript.TranscriptSegment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchIndexTest {
    @TempDir
    private Path folder;

    private SearchIndex index;

    @BeforeEach
    void open() throws IOException {
        index = new SearchIndex(folder);
    }

    @AfterEach
    void close() {
        index.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en-US | The committees decided about budgets | decide committee",
                "en-US | To be or not to be                   | \"to be or not to be\"",
                "de-DE | Die Häuser wurden verkauft           | haus",
                "fr-FR | Les chevaux mangeaient               | cheval",
                "es-US | Hablamos de las elecciones           | elección",
                "ja-JP | 今日は良い天気です                     | 天気",
                "zh-CN | 我们讨论预算                          | 预算",
                "th-TH | สวัสดีครับ                             | สวัสดี",
                "xx    | Plain words remain                   | PLAIN",
                "en-US | He sent an e-mail                    | e-mail",
                "en-US | He said \"never again\" twice        | “never again”",
            })
    void finds_words_by_their_stems_and_phrases_as_they_were_said(String language, String text, String query)
            throws IOException {
        put("20241215_143022", language, Optional.empty(), text);

        assertThat(find(query)).containsExactly("20241215_143022");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "budget winter",
                "\"decided committees\"",
                "...",
                "\"\"",
                "\"",
                "decide -budget +winter",
                "(((",
                "*"
            })
    void finds_nothing_where_a_word_is_missing_and_takes_no_character_for_an_order(String query) throws IOException {
        put("20241215_143022", "en-US", Optional.empty(), "The committees decided about budgets");

        assertThat(find(query)).isEmpty();
    }

    @Test
    void says_in_which_segments_and_when_and_shows_the_words_around() throws IOException {
        String before = "long ago ".repeat(20);
        put(
                "20241215_143022",
                "en-US",
                Optional.empty(),
                "Nothing here",
                before + "a horse came " + before,
                "Horses again");

        SearchIndex.Found found = index.newest(Optional.of("horse"), Optional.empty(), ListRange.ALL, 9)
                .get(0);

        assertThat(found.hits()).extracting(IndexedText.Hit::segment).containsExactly(1, 2);
        assertThat(found.hits()).extracting(IndexedText.Hit::start).containsExactly(10.0, 20.0);
        assertThat(found.hits().get(0).text())
                .startsWith("…")
                .endsWith("…")
                .contains("a horse came")
                .hasSizeLessThan(180);
        assertThat(found.hits().get(1).text()).isEqualTo("Horses again");
    }

    @Test
    void finds_a_phrase_that_crosses_two_segments_and_words_of_the_title() throws IOException {
        put("20241215_143022", "en-US", Optional.of("Quarterly review"), "we shall never", "surrender");

        assertThat(find("\"never surrender\"")).hasSize(1);
        assertThat(find("quarterly surrender")).hasSize(1);
        assertThat(index.newest(Optional.of("quarterly"), Optional.empty(), ListRange.ALL, 9)
                        .get(0)
                        .hits())
                .isEmpty();
    }

    @Test
    void lists_the_newest_first_of_one_owner_within_a_stretch() throws IOException {
        for (int second = 10; second < 20; second++) {
            put("20241215_1430" + second, "en-US", Optional.empty(), "hello");
        }
        ListRange range = new ListRange(
                Optional.of(Instant.parse("2024-12-15T14:30:12Z")),
                Optional.of(Instant.parse("2024-12-15T14:30:19Z")),
                Optional.of(stem("20241215_143018")));

        List<String> found = new ArrayList<>();
        for (SearchIndex.Found each : index.newest(Optional.of("hello"), Optional.of("0"), range, 9)) {
            found.add(each.stem().toString());
        }

        assertThat(found).containsExactly("20241215_143016", "20241215_143014", "20241215_143012");
        assertThat(index.versions(range)).hasSize(6).containsEntry(stem("20241215_143013"), "v1");
    }

    @Test
    void forgets_what_was_removed_or_replaced_and_remembers_the_rest_when_it_is_opened_again() throws IOException {
        put("20241215_143022", "en-US", Optional.empty(), "first");
        put("20241215_143023", "en-US", Optional.empty(), "second");
        put("20241215_143023", "en-US", Optional.empty(), "other");
        index.remove(stem("20241215_143022"));
        index.purge();
        index.close();

        index = new SearchIndex(folder);

        assertThat(find("first")).isEmpty();
        assertThat(find("second")).isEmpty();
        assertThat(find("other")).containsExactly("20241215_143023");
        assertThat(index.size()).isEqualTo(1);
        for (Path file : files()) {
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("first");
        }
    }

    @Test
    void refuses_to_open_an_index_that_is_broken() throws IOException {
        put("20241215_143022", "en-US", Optional.empty(), "first");
        index.close();
        for (Path file : files()) {
            Files.writeString(file, "nonsense");
        }

        assertThatThrownBy(() -> new SearchIndex(folder)).isInstanceOf(IOException.class);

        for (Path file : files()) {
            Files.delete(file);
        }
        index = new SearchIndex(folder);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.endsWith("write.lock")).toList();
        }
    }

    /** The owner is "0" where the stem ends with an even digit, else "1". */
    private void put(String stem, String language, Optional<String> title, String... texts) throws IOException {
        List<TranscriptSegment> segments = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            segments.add(new TranscriptSegment(i, texts[i], i * 10, i * 10 + 9, List.of()));
        }
        Optional<String> owner = Optional.of(Integer.toString((stem.charAt(stem.length() - 1) - '0') % 2));
        index.put(new SearchIndex.Entry(
                stem(stem), stem(stem).second(), "v1", owner, language, "{}", IndexedText.of(segments, title)));
        index.refresh();
    }

    private List<String> find(String query) throws IOException {
        return index.newest(Optional.of(query), Optional.empty(), ListRange.ALL, 9).stream()
                .map(found -> found.stem().toString())
                .toList();
    }

    private static TranscriptStem stem(String text) {
        return TranscriptStem.parse(text).orElseThrow();
    }
}
