package dev.steno.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.steno.testing.Browser;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The library's page in a real browser, by keyboard wherever that is possible; the resources are played. */
@EnabledIf(value = "dev.steno.testing.Browser#isExpected", disabledReason = Browser.MISSING)
class LibraryBrowserIT {
    private static ScriptedServer server;
    private static Browser browser;

    private List<String> problems;
    private ScriptedLibrary library;
    private Page page;

    @BeforeAll
    static void start() throws IOException {
        server = new ScriptedServer();
        browser = Browser.withoutWindows(Path.of("silence.wav")); // nothing is recorded here
    }

    @AfterAll
    static void stop() {
        browser.close();
        server.close();
    }

    @BeforeEach
    void open() {
        open(browser.newPage());
    }

    private void open(Page opened) {
        page = opened;
        library = new ScriptedLibrary(page);
        problems = new ArrayList<>();
        page.onPageError(problems::add);
        page.onConsoleMessage(message -> problems.add(message.text()));
        page.navigate("http://" + server.address() + "library.html");
    }

    @AfterEach
    void nothing_went_wrong_in_the_page() {
        List<String> known = List.copyOf(problems); // while it is closed, its requests are answered by nobody
        Browser.close(page);
        assertThat(known).isEmpty();
    }

    @Test
    void lists_by_day_and_opens_and_comes_back_to_where_it_was() {
        assertThat(page.getByRole(AriaRole.HEADING, level(2)))
                .containsText(new String[] {"December 15, 2024", "May 1, 2023"});
        assertThat(page.locator("#notice")).isHidden();
        assertThat(Axe.findings(page)).isEmpty();

        link("Board meeting").focus();
        page.keyboard().press("Enter");

        assertThat(heading("Board meeting")).isFocused();
        assertThat(said("we shall decide")).isVisible();
        assertThat(Axe.findings(page)).isEmpty();
        page.goBack();
        assertThat(link("Board meeting")).isFocused();
    }

    @Test
    void finds_words_and_goes_to_the_place_where_they_were_said() {
        page.keyboard().press("/");
        page.keyboard().type("decide");
        page.keyboard().press("Enter");

        assertThat(heading("Found: decide")).isFocused();
        assertThat(Axe.findings(page)).isEmpty();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("0:10 we shall decide"))
                .click();

        assertThat(row("we shall decide")).isFocused();
    }

    @Test
    void what_is_found_late_does_not_replace_what_is_shown_by_then() {
        List<Route> searches = new ArrayList<>();
        page.route("**/transcripts?*q=decide*", searches::add);
        page.route("**/transcripts/20230501_080000", searches::add);
        page.keyboard().press("/");
        page.keyboard().type("decide");
        page.keyboard().press("Enter");
        page.waitForCondition(() -> searches.size() == 1);
        page.goBack();
        assertThat(link("Board meeting")).isVisible();
        page.locator(".items a").last().click();
        page.waitForCondition(() -> searches.size() == 2);
        page.goBack();
        assertThat(heading("Library")).isFocused();

        searches.forEach(search -> Browser.answerLate(page, search, library::answer));

        assertThat(heading("Library")).isVisible();
        assertThat(link("Board meeting")).isVisible();
        assertThat(page.getByRole(AriaRole.HEADING, level(1))).hasCount(1);
    }

    @Test
    void a_search_that_was_left_before_it_had_loaded_is_not_shown_later() {
        page.keyboard().press("/");
        page.keyboard().type("decide");
        page.keyboard().press("Enter");
        assertThat(heading("Found: decide")).isFocused();
        page.goBack();
        assertThat(heading("Library")).isVisible();
        List<Route> searches = new ArrayList<>();
        page.route("**/transcripts?*q=decide*", searches::add);
        page.goForward();
        page.waitForCondition(() -> searches.size() == 1);
        page.goBack();
        Browser.answerLate(page, searches.get(0), library::answer);

        assertThat(heading("Library")).isVisible();
        assertThat(page.locator("[aria-busy]")).hasCount(0);
    }

    @Test
    void corrects_text_by_keyboard_and_shows_what_had_been_recognised() {
        link("Board meeting").click();
        row("Good morning").focus();
        page.keyboard().press("ArrowDown");
        page.keyboard().press("e");
        assertThat(page.getByRole(AriaRole.TEXTBOX, named("Text at 0:10"))).isFocused();
        assertThat(Axe.findings(page)).isEmpty();
        page.keyboard().press("Control+a");
        page.keyboard().type("We have decided");
        page.keyboard().press("Enter");

        assertThat(row("We have decided")).isFocused();
        assertThat(page.getByText("Recognised as: we shall decide")).isVisible();
        assertThat(library.edits()).containsExactly("{\"segments\":[{\"segment\":1,\"text\":\"We have decided\"}]}");
        assertThat(library.conditions()).containsExactly("\"1\"");
    }

    @Test
    void names_a_speaker_everywhere_and_gives_a_title() {
        link("Board meeting").click();
        page.getByLabel("spk_0").fill("Ann");
        page.keyboard().press("Tab");
        assertThat(row("Ann Good morning")).isVisible();

        page.getByRole(AriaRole.BUTTON, named("Rename")).click();
        page.getByLabel("Title").fill("The board");
        page.keyboard().press("Enter");

        assertThat(heading("The board")).isVisible();
        assertThat(library.edits()).containsExactly("{\"speakers\":{\"spk_0\":\"Ann\"}}", "{\"title\":\"The board\"}");
        assertThat(library.conditions()).containsExactly("\"1\"", "\"2\"");
    }

    @Test
    void keeps_what_was_typed_when_somebody_else_was_faster() {
        link("Board meeting").click();
        library.conflict();
        row("Good morning").focus();
        page.keyboard().press("e");
        page.keyboard().type("!");
        page.keyboard().press("Enter");

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("changed since you read it");
        assertThat(page.getByRole(AriaRole.TEXTBOX, named("Text at 0:00"))).hasValue("Good morning everybody!");
        problems.removeIf(problem -> problem.contains("412")); // the browser itself tells of every such answer
    }

    @Test
    void deletes_only_when_the_time_to_undo_is_over() {
        page.clock().install();
        link("Board meeting").click();
        page.getByRole(AriaRole.BUTTON, named("Delete")).click();
        assertThat(link("Board meeting")).isHidden();
        assertThat(Axe.findings(page)).isEmpty();
        page.getByRole(AriaRole.BUTTON, named("Undo")).click();
        assertThat(heading("Board meeting")).isVisible();
        assertThat(library.deleted()).isEmpty();

        page.getByRole(AriaRole.BUTTON, named("Delete")).click();
        assertThat(link("Board meeting")).isHidden();
        page.clock().runFor(11_000);

        assertThat(page.getByRole(AriaRole.BUTTON, named("Undo"))).isHidden();
        assertThat(library.deleted()).containsExactly("20241215_143022");
    }

    @Test
    void plays_the_word_that_is_clicked_on() {
        link("Board meeting").click();
        Locator text = said("we shall decide");
        page.locator("audio")
                .evaluate("audio => audio.addEventListener('playing', () => audio.dataset.from = audio.currentTime)");
        text.click(new Locator.ClickOptions().setPosition(text.boundingBox().width - 8, 8));

        assertThat(page.locator("audio")).hasAttribute("data-from", Pattern.compile("1[12]\\..*|1[12]"));
        assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Audio")))
                .hasAttribute("href", "transcripts/20241215_143022.wav");
    }

    @Test
    void has_no_findings_on_a_phone_in_the_dark_either() {
        Browser.close(page);
        open(browser.newPage(new NewContextOptions().setViewportSize(360, 740).setColorScheme(ColorScheme.DARK)));
        assertThat(link("Board meeting")).isVisible();
        assertThat(Axe.findings(page)).isEmpty();
        link("Board meeting").click();
        assertThat(heading("Board meeting")).isVisible();
        assertThat(Axe.findings(page)).isEmpty();
        assertThat((boolean) page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                .as("no sideways scrolling")
                .isTrue();
    }

    /** Rows out of sight are laid out when they come into it: all at once, they would take seconds. */
    @Test
    void walks_to_the_end_of_eight_hours_and_back() {
        library.transcript(hours(8));
        link("Board meeting").click();
        row("Segment 0 of").focus();

        page.keyboard().press("End");
        assertThat(row("Segment 5759 of")).isFocused();
        assertThat(row("Segment 5759 of")).isInViewport();
        page.keyboard().press("ArrowUp");
        assertThat(row("Segment 5758 of")).isFocused();
        page.keyboard().press("Home");
        assertThat(row("Segment 0 of")).isInViewport();
        assertThat((String) page.evaluate(
                        "() => getComputedStyle(document.querySelector('article .part')).contentVisibility"))
                .isEqualTo("auto");
    }

    private static JsonObject hours(int hours) {
        JsonArrayBuilder segments = Json.createArrayBuilder();
        for (int number = 0; number < hours * 720; number++) {
            segments.add(Json.createObjectBuilder()
                    .add("segment", number)
                    .add("text", "Segment " + number + " of a day in which somebody spoke for hours and hours")
                    .add("start", number * 5)
                    .add("end", number * 5 + 4)
                    .add("words", JsonValue.EMPTY_JSON_ARRAY));
        }
        return Json.createObjectBuilder()
                .add("started_at", "2024-12-15T14:30:22Z")
                .add("title", "Board meeting")
                .add("duration", hours * 3600)
                .add("segments", segments)
                .build();
    }

    @Test
    void the_recorder_leads_here_once_a_recording_is_saved() {
        server.info("{\"engine\":\"sphinx\",\"language_code\":\"en-US\",\"languages\":[\"en-US\"],\"library\":true}");
        try (ScriptedPage recorder = new ScriptedPage(browser, server, "")) {
            recorder.start();
            recorder.hear(0, "hello world", true);
            recorder.button("Stop").click();
            recorder.connection().awaitAction("stop");
            recorder.connection().save("team_20241215_143022_2.txt");
            assertThat(recorder.page()
                            .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Open in the library")))
                    .hasAttribute("href", "library.html#20241215_143022_2");
        }
    }

    private Locator link(String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private Locator heading(String name) {
        return page.getByRole(AriaRole.HEADING, named(name));
    }

    private Locator said(String text) {
        return page.getByRole(AriaRole.ARTICLE).getByText(text, new Locator.GetByTextOptions().setExact(true));
    }

    private Locator row(String text) {
        return page.getByRole(AriaRole.ARTICLE)
                .getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions().setHasText(text));
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static Page.GetByRoleOptions level(int level) {
        return new Page.GetByRoleOptions().setLevel(level);
    }
}
