package dev.steno.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.archive.TestTranscripts;
import dev.steno.archive.TranscriptStem;
import dev.steno.library.LibraryAccess.Scope;
import dev.steno.testing.Wait;
import dev.steno.transcript.TranscriptSegment;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library over a folder, with its index. */
class LibraryTest {
    private static final Scope ALL = new Scope(Optional.empty());
    private static final Scope ALICE = new Scope(Optional.of("alice"));

    @TempDir
    private Path folder;

    private final ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor();
    private TestTranscripts archive;
    private LibraryIndex index;
    private Library library;

    @BeforeEach
    void create() throws IOException {
        archive = new TestTranscripts(Files.createDirectories(folder.resolve("transcripts")));
        open();
    }

    private void open() {
        index = new LibraryIndex(
                new IndexFolder(folder.resolve("index")),
                new IndexUpkeep(archive.transcripts(), Runnable::run),
                threads,
                threads);
        library = new Library(archive.transcripts(), index, Runnable::run);
    }

    @AfterEach
    void close() {
        index.end();
        threads.shutdownNow();
    }

    private void build() {
        index.begin();
        Wait.until(Duration.ofSeconds(30), () -> "an index: " + index.status(), index::isComplete);
    }

    @Test
    void pages_through_everything_newest_first_without_and_with_an_index() throws Exception {
        List<String> stems = new ArrayList<>();
        for (int second = 59; second >= 0; second--) {
            String stem = "20241215_1430%02d".formatted(second);
            archive.store(stem, second % 3 == 0 ? "alice" : "bob", "hello number " + second);
            stems.add(stem);
        }
        List<String> hers = stems.stream()
                .filter(stem -> Integer.parseInt(stem.substring(13)) % 3 == 0)
                .toList();

        assertThat(paged(null, null, ALL, 7)).isEqualTo(stems);
        assertThat(paged(null, null, ALICE, 7)).isEqualTo(hers);
        assertThat(paged(null, "alice", ALL, 7)).isEqualTo(hers);
        build();
        assertThat(paged(null, null, ALICE, 7)).isEqualTo(hers);
        assertThat(paged("hello", null, ALICE, 7)).isEqualTo(hers);
        assertThat(paged("hello", null, ALL, 7)).isEqualTo(stems);
        assertThat(paged(null, "bob", ALICE, 7)).isEmpty();
    }

    @Test
    void shows_the_same_item_whether_the_archive_or_the_index_is_asked() throws Exception {
        archive.store("20241215_143022", "alice", "hello there");
        JsonObject before = list(null, ALICE);
        build();

        assertThat(list(null, ALICE)).isEqualTo(before);
        assertThat(before.getJsonArray("items").getJsonObject(0).keySet())
                .containsExactlyInAnyOrder(
                        "stem",
                        "title",
                        "started",
                        "duration",
                        "language_code",
                        "engine",
                        "owner",
                        "segments",
                        "words",
                        "first_words",
                        "formats",
                        "audio");
    }

    @Test
    void finds_at_once_what_was_corrected_here_and_no_longer_what_was_deleted() throws Exception {
        archive.store("20241215_143022", "alice", "the meating was long", "goodbye");
        build();
        TranscriptStem stem = TranscriptStem.parse("20241215_143022").orElseThrow();
        assertThat(stems(list("meeting", ALL))).isEmpty();

        library.edit(stem, ALICE, "*", TranscriptPatch.parse("""
                {"title":"Board","segments":[{"segment":0,"text":"The meeting was long"}]}"""));

        assertThat(stems(list("meetings", ALL))).containsExactly("20241215_143022");
        assertThat(stems(list("meating", ALL))).isEmpty();
        assertThat(list("board", ALL).getJsonArray("items").getJsonObject(0).getString("title"))
                .isEqualTo("Board");
        library.delete(stem, ALICE, null);
        assertThat(stems(list("meeting", ALL))).isEmpty();
        assertThat(stems(list(null, ALL))).isEmpty();
    }

    @Test
    void notices_what_other_nodes_stored_changed_and_deleted() throws Exception {
        archive.store("20241215_143022", "alice", "kept");
        archive.store("20241215_143023", "alice", "changed");
        archive.store("20241215_143024", "alice", "deleted");
        build();
        archive.delete("20241215_143024");
        archive.delete("20241215_143023");
        archive.store("20241215_143023", "alice", "something else entirely");
        archive.store("20241215_143025", "alice", "stored elsewhere");

        index.catchUp();

        assertThat(stems(list("elsewhere", ALL))).containsExactly("20241215_143025");
        assertThat(stems(list("entirely", ALL))).containsExactly("20241215_143023");
        assertThat(stems(list("deleted", ALL))).isEmpty();
        assertThat(stems(list("kept", ALL))).containsExactly("20241215_143022");
    }

    @Test
    void builds_a_broken_index_anew() throws Exception {
        archive.store("20241215_143022", "alice", "hello");
        build();
        index.end();
        try (var files = Files.list(folder.resolve("index/0"))) {
            for (Path file : files.toList()) {
                Files.writeString(file, "nonsense");
            }
        }
        open();
        build();

        assertThat(stems(list("hello", ALL))).containsExactly("20241215_143022");
    }

    @Test
    void builds_an_index_anew_that_breaks_while_it_is_used() throws Exception {
        archive.store("20241215_143022", "alice", "hello");
        build();
        try (var files = Files.list(folder.resolve("index/0"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        archive.store("20241215_143023", "alice", "hello again");
        index.catchUp();

        Wait.until(
                Duration.ofSeconds(30),
                () -> "a new index: " + index.status(),
                () -> index.isComplete()
                        && index.status().transcripts() == 2
                        && index.status().problem().isEmpty());
        assertThat(stems(list("hello", ALL))).containsExactly("20241215_143023", "20241215_143022");
    }

    @Test
    void bounds_of_a_stretch_are_as_exact_as_the_beginnings_of_recordings() throws Exception {
        archive.store("20241215_143022", "alice", "hello there"); // began at 14:30:22.123
        assertBounds(null);
        build();
        assertBounds(null);
        assertBounds("hello");
    }

    private void assertBounds(String words) throws Exception {
        assertThat(between(words, "2024-12-15T14:30:22.1Z", "2024-12-15T14:30:22.124Z"))
                .hasSize(1);
        assertThat(between(words, "2024-12-15T14:30:22.123Z", "2024-12-15T14:30:23Z"))
                .hasSize(1);
        assertThat(between(words, "2024-12-15T14:30:22.2Z", "2024-12-15T14:30:23Z"))
                .isEmpty();
        assertThat(between(words, "2024-12-15T14:30:22Z", "2024-12-15T14:30:22.123Z"))
                .isEmpty();
    }

    private List<String> between(String words, String from, String to) throws Exception {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("q", words);
        parameters.put("from", from);
        parameters.put("to", to);
        return stems(library.list(ListQuery.of(parameters::get), ALICE));
    }

    @Test
    void finds_all_of_what_this_node_stores_in_one_moment() throws Exception {
        build();
        for (int second = 10; second < 50; second++) {
            String stem = "20241215_1430" + second;
            archive.store(stem, "alice", "hello number " + second);
            index.onStored(TranscriptStem.parse(stem).orElseThrow());
        }
        Wait.until(
                Duration.ofSeconds(30),
                () -> "40 transcripts: " + found("hello"),
                () -> found("hello").size() == 40);
    }

    private List<String> found(String words) {
        try {
            return paged(words, null, ALL, 50);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void searches_only_once_there_is_an_index() throws Exception {
        archive.store("20241215_143022", "alice", "hello");

        assertThatThrownBy(() -> list("hello", ALL))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(503));
    }

    @Test
    void shows_what_fits_best_first_where_that_is_asked_for() throws Exception {
        archive.store("20241215_143022", "alice", "budget budget budget");
        archive.store("20241215_143023", "alice", "a long talk about many things in which the budget was named once");
        archive.store("20241215_143024", "bob", "budget and nothing else");
        build();

        JsonObject first = library.list(query("budget", null, "2", null, "best"), ALL);
        JsonObject rest = library.list(query("budget", null, "2", first.getString("cursor"), "best"), ALL);

        assertThat(stems(first)).containsExactly("20241215_143022", "20241215_143024");
        assertThat(stems(rest)).containsExactly("20241215_143023");
        assertThat(rest).doesNotContainKey("cursor");
        assertThatThrownBy(() -> query("budget", null, null, null, "worst")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> query("budget", null, null, "x", "best")).isInstanceOf(Problem.class);
    }

    @Test
    void makes_a_json_of_a_transcript_that_was_stored_as_text_only() throws Exception {
        archive.place("20241215_143022.txt", "One line.\nAnother.\n");
        TranscriptStem stem = TranscriptStem.parse("20241215_143022").orElseThrow();

        JsonObject made = library.open(stem, ALL).document().json();
        assertThat(made.getJsonArray("segments")).hasSize(2);
        assertThat(made.getString("started_at")).isEqualTo("2024-12-15T14:30:22Z");

        library.edit(stem, ALL, "*", TranscriptPatch.parse("{\"segments\":[{\"segment\":1,\"text\":\"Corrected.\"}]}"));

        assertThat(archive.read("20241215_143022.txt")).isEqualTo("One line.\nCorrected.\n");
        assertThat(archive.read("20241215_143022.json")).contains("\"original_text\":\"Another.\"");
    }

    @Test
    void takes_the_words_from_the_text_where_the_json_is_damaged() throws Exception {
        archive.place("20241215_143022.txt", "The budget is fine.\nAnother line.\n");
        archive.place("20241215_143022.json", "{\"segments\":[{\"segm");
        build();
        TranscriptStem stem = TranscriptStem.parse("20241215_143022").orElseThrow();

        assertThat(texts(library.open(stem, ALL))).containsExactly("The budget is fine.", "Another line.");
        assertThat(stems(list("budget", ALL))).containsExactly("20241215_143022");
        assertThatThrownBy(() -> library.open(stem, ALICE)).isInstanceOf(Problem.class); // nobody knows whose it is

        String patch = "{\"segments\":[{\"segment\":1,\"text\":\"Corrected.\"}]}";
        library.edit(
                stem, ALL, '"' + library.open(stem, ALL).archived().revision() + '"', TranscriptPatch.parse(patch));
        assertThat(archive.read("20241215_143022.txt")).isEqualTo("The budget is fine.\nCorrected.\n");
        assertThat(texts(library.open(stem, ALL))).containsExactly("The budget is fine.", "Corrected.");
    }

    @Test
    void keeps_what_it_can_read_of_a_json_whose_segments_it_cannot() throws Exception {
        archive.place("20241215_143022.txt", "One line.\n");
        String json = "{\"owner\":\"alice\",\"title\":\"Board\",\"segments\":[7]}";
        archive.place("20241215_143022.json", json);
        TranscriptStem stem = TranscriptStem.parse("20241215_143022").orElseThrow();

        StoredDocuments.Stored stored = library.open(stem, ALICE);
        assertThat(stored.json()).isEqualTo(json);
        assertThat(stored.document().title()).contains("Board");
        assertThat(stored.document().transcript().segments()).hasSize(1);
    }

    private static List<String> texts(StoredDocuments.Stored stored) throws Exception {
        return stored.document().segments().stream()
                .map(TranscriptSegment::text)
                .toList();
    }

    private List<String> paged(String words, String owner, Scope scope, int limit) throws Exception {
        List<String> all = new ArrayList<>();
        String cursor = null;
        do {
            JsonObject page = library.list(query(words, owner, Integer.toString(limit), cursor, null), scope);
            assertThat(page.getJsonArray("items").size()).isLessThanOrEqualTo(limit);
            all.addAll(stems(page));
            cursor = page.getString("cursor", null);
        } while (cursor != null);
        return all;
    }

    private JsonObject list(String words, Scope scope) throws Exception {
        return library.list(query(words, null, null, null, null), scope);
    }

    private static ListQuery query(String words, String owner, String limit, String cursor, String sort) {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("q", words);
        parameters.put("owner", owner);
        parameters.put("limit", limit);
        parameters.put("cursor", cursor);
        parameters.put("sort", sort);
        return ListQuery.of(parameters::get);
    }

    private static List<String> stems(JsonObject page) {
        return page.getJsonArray("items").getValuesAs(JsonObject.class).stream()
                .map(item -> item.getString("stem"))
                .toList();
    }
}
