package dev.steno.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for the page's files as they lie in the WAR. */
class PageFilesTest {
    private static final Path WEBAPP = Path.of("src/main/webapp");
    private static final Path LIVE = WEBAPP.resolve("WEB-INF/live");
    private static final Pattern IMPORT =
            Pattern.compile("^(?:import|export) .*?from \"\\./(.+?)\\.js\";", Pattern.MULTILINE);
    private static final Pattern COMMENT = Pattern.compile("^\\s*(?:/\\*|\\*|//)");
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([^\"]*)\"");
    private static final Pattern INLINE = Pattern.compile(
            "<style|\\sstyle=|\\son\\w+=|<script(?![^>]*\\ssrc=)|javascript:", Pattern.CASE_INSENSITIVE);

    /**
     * Uncompressed, without comments, which are not sent, and without languages: it is to be there at once on a slow
     * network.
     */
    private static final long LARGEST_PAGE_BYTES = 120_000;

    private static final long LARGEST_LIBRARY_BYTES = 100_000;

    /** A phone in a full hall has a slow network. */
    private static final long LARGEST_VIEWER_BYTES = 60_000;

    @ParameterizedTest
    @ValueSource(strings = {"microphone", "transcription-socket", "transcript-view"})
    void a_leaf_module_imports_no_other_leaf_and_not_the_app(String module) throws IOException {
        assertThat(reachable(module, new TreeSet<>()))
                .doesNotContain("app", "recording", "controls")
                .doesNotContainAnyElementsOf(Stream.of("microphone", "transcription-socket", "transcript-view")
                        .filter(other -> !other.equals(module))
                        .toList());
    }

    @Test
    void a_module_that_other_pages_can_use_brings_nothing_of_this_page() throws IOException {
        assertThat(reachable("microphone", new TreeSet<>())).isEmpty();
        assertThat(reachable("transcription-socket", new TreeSet<>()))
                .containsExactly("connection", "kept-audio", "server-messages");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void a_document_works_under_a_strict_content_security_policy(Path document) throws IOException {
        assertThat(Files.readString(document)).doesNotContainPattern(INLINE);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void a_document_refers_to_files_that_are_there_by_relative_addresses(Path document) throws IOException {
        assertThat(matches(REFERENCE, Files.readString(document))).isNotEmpty().allSatisfy(reference -> {
            assertThat(reference).doesNotStartWith("/").doesNotContain(":");
            assertThat(WEBAPP.resolve(reference)).exists();
        });
    }

    @Test
    void the_page_asks_no_other_origin() throws IOException {
        for (Path file : files()) {
            String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                    .replace("http://www.w3.org/2000/svg", "");
            assertThat(matches(Pattern.compile("(?:https?|wss?)://(?!localhost)([\\w.-]+)"), content))
                    .as("addresses in %s", file)
                    .isEmpty();
        }
    }

    /**
     * The type checker itself needs Node and runs in CI. Libraries of others in {@code js/lib} are left as they are.
     */
    @Test
    void every_script_is_checked_by_its_types() throws IOException {
        assertThat(Path.of("jsconfig.json"))
                .content()
                .contains("\"checkJs\": true", "\"strict\": true", "\"src/main/webapp/js\"");
        assertThat(files())
                .filteredOn(file -> file.toString().endsWith(".js"))
                .filteredOn(file -> !file.startsWith(WEBAPP.resolve("js/lib")))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file)
                        .startsWith(WEBAPP.resolve("js"))
                        .content()
                        .doesNotContain("@ts-"));
    }

    @Test
    void all_that_the_page_says_is_in_the_table_of_words() throws IOException {
        String table = Files.readString(WEBAPP.resolve("js/words/en.js"));
        Set<String> said = new TreeSet<>(matches(
                Pattern.compile("data-say(?:-label)?=\"([^\"]+)\""), Files.readString(WEBAPP.resolve("index.html"))));
        for (Path script : files()) {
            if (script.toString().endsWith(".js")) {
                said.addAll(matches(Pattern.compile("\\bsay\\(\"([\\w.-]+)\""), Files.readString(script)));
            }
        }
        assertThat(said).hasSizeGreaterThan(50).allSatisfy(key -> assertThat(table)
                .as("words for %s", key)
                .containsPattern("(?m)^  \"?" + Pattern.quote(key) + "\"?: "));
    }

    @Test
    void the_page_is_small() throws IOException {
        long bytes = 0;
        for (Path file : files()) {
            bytes += isOnDemand(file) ? 0 : sent(file);
        }
        assertThat(bytes).isBetween(1L, LARGEST_PAGE_BYTES);
    }

    @Test
    void the_library_is_small() throws IOException {
        long bytes = Files.size(WEBAPP.resolve("openapi.json"));
        for (Path file : files()) {
            bytes += isLibrary(file) ? Files.size(file) : 0;
        }
        for (String shared : List.of("css/page.css", "js/elements.js", "js/sign-in.js", "icon.svg")) {
            bytes += Files.size(WEBAPP.resolve(shared));
        }
        assertThat(bytes).isBetween(1L, LARGEST_LIBRARY_BYTES);
    }

    private static boolean isLibrary(Path file) {
        return file.startsWith(WEBAPP.resolve("js/library"))
                || Set.of("library.html", "library.css")
                        .contains(file.getFileName().toString());
    }

    @Test
    void the_page_of_viewers_is_smaller_still() throws IOException {
        long bytes = Files.size(LIVE.resolve("viewer.html")) + Files.size(WEBAPP.resolve("css/viewer.css"));
        for (Path file : files()) {
            bytes += file.startsWith(WEBAPP.resolve("js/viewer")) ? Files.size(file) : 0;
        }
        for (String shared :
                List.of("elements", "preferences", "reading-position", "transcript-formats", "wake-lock")) {
            bytes += Files.size(WEBAPP.resolve("js/" + shared + ".js"));
        }
        assertThat(bytes).isBetween(1L, LARGEST_VIEWER_BYTES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer.html", "overlay.html", "overlay-builder.html"})
    void a_page_below_a_link_is_as_strict_and_refers_to_files_that_are_there(String name) throws IOException {
        String html = Files.readString(LIVE.resolve(name));
        assertThat(html).doesNotContainPattern(INLINE).contains("noindex", "no-referrer");
        Path address = WEBAPP.resolve(name.equals("overlay-builder.html") ? "live/token" : "live");
        assertThat(matches(REFERENCE, html))
                .isNotEmpty()
                .filteredOn(reference -> !reference.startsWith("{token}"))
                .allSatisfy(reference ->
                        assertThat(address.resolve(reference).normalize()).exists());
    }

    private static long sent(Path file) throws IOException {
        return file.toString().endsWith(".js") || file.toString().endsWith(".css")
                ? Files.readString(file)
                        .lines()
                        .filter(line -> !COMMENT.matcher(line).find())
                        .mapToLong(line -> line.length() + 1)
                        .sum()
                : Files.size(file);
    }

    /** Whether a person who opens the page and records is not sent it: all that no module needs from its beginning. */
    private static boolean isOnDemand(Path file) throws IOException {
        String name = file.toString().replaceAll(".*/webapp/(?:js/)?", "").replaceAll("\\.js$", "");
        boolean isNeeded = List.of("index.html", "css/page.css", "icon.svg", "app", "pcm-processor")
                        .contains(name)
                || reachable("app", new TreeSet<>()).contains(name)
                || reachable("pcm-processor", new TreeSet<>()).contains(name);
        return !isNeeded || name.startsWith("words/");
    }

    private static Set<String> reachable(String module, Set<String> found) throws IOException {
        for (String imported : matches(IMPORT, Files.readString(WEBAPP.resolve("js/" + module + ".js")))) {
            if (found.add(imported)) {
                reachable(imported, found);
            }
        }
        return found;
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(PageFilesTest::firstGroup).toList();
    }

    private static String firstGroup(MatchResult match) {
        return match.group(1);
    }

    private static List<Path> documents() throws IOException {
        return files().stream()
                .filter(file -> file.toString().endsWith(".html"))
                .toList();
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(WEBAPP)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(WEBAPP.resolve("WEB-INF")))
                    .filter(file -> !file.startsWith(WEBAPP.resolve("META-INF")))
                    .sorted()
                    .toList();
        }
    }
}
