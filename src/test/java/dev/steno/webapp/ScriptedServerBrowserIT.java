package dev.steno.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.steno.testing.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page in a real browser, against a server that says what the test tells it to say. */
@EnabledIf(value = "dev.steno.testing.Browser#isExpected", disabledReason = Browser.MISSING)
class ScriptedServerBrowserIT {
    private static final String WORDS = ",\"words\":["
            + "{\"text\":\"good\",\"start\":0,\"end\":0.2,\"confidence\":0.99,\"speaker\":\"1-spk_0\"},"
            + "{\"text\":\"morning\",\"start\":0.2,\"end\":0.4,\"confidence\":0.7,\"speaker\":\"1-spk_0\"},"
            + "{\"text\":\"hello\",\"start\":0.5,\"end\":1,\"confidence\":0.3,\"speaker\":\"1-spk_1\"}]}";

    @RegisterExtension
    static final ScriptedBrowser chromium = new ScriptedBrowser();

    private ScriptedPage steno;
    private Page page;

    @BeforeEach
    void openPage() {
        open(ScriptedServer.SPHINX);
    }

    private void open(String info) {
        steno = chromium.open(info);
        page = steno.page();
    }

    @Test
    void shows_partial_words_then_final_ones_then_where_they_are_saved() {
        steno.start();
        steno.hear(0, "hello word", false);
        assertThat(page.locator(".partials")).containsText("hello word");
        assertThat(steno.transcript()).not().containsText("hello");
        steno.hear(0, "hello world", true);
        assertThat(steno.transcript()).containsText("hello world");
        assertThat(page.locator(".partials")).isEmpty();
        steno.button("Stop").click();
        steno.connection().awaitAction("stop");
        steno.connection().save("20241215_143022.txt");
        assertThat(steno.state("ended")).isVisible();
        assertThat(page.getByText("20241215_143022.txt")).isVisible();
        assertThat(page.getByRole(AriaRole.STATUS).first()).hasText("Saved");
    }

    @Test
    void a_final_stands_exactly_where_its_partial_stood() {
        steno.start();
        steno.hear(0, "hello world", false);
        double provisional = page.getByText("hello world").boundingBox().y;
        steno.hear(0, "hello world", true);
        Locator settled = steno.transcript().getByText("hello world");
        assertThat(settled.boundingBox().y).isEqualTo(provisional);
    }

    @Test
    void sends_what_the_microphone_hears_in_frames_of_100_milliseconds() {
        steno.start();
        ScriptedPage.Connection connection = steno.connection();
        connection.awaitAudio(48_000);
        steno.button("Stop").click();
        connection.awaitAction("stop");
        int frames = connection.frameSizes().size();
        assertThat(connection.frameSizes().subList(0, frames - 1)).containsOnly(3200);
        assertThat(connection.frameSizes().get(frames - 1)).isBetween(2, 3200);
        // A busy machine leaves gaps in the tone; 44.1 kHz taken for 48 would be 404 or 479.
        assertThat(Tone.frequency(connection.audio())).isBetween(415, 470);
        assertThat(page.getByRole(AriaRole.TIMER)).hasText("0:01");
    }

    @Test
    void pauses_and_goes_on() {
        steno.start();
        steno.button("Pause").click();
        steno.connection().awaitAction("pause");
        assertThat(steno.state("paused")).isVisible();
        int sent = steno.connection().audio().length;
        steno.button("Continue").click();
        steno.connection().awaitAudio(sent + 1);
        assertThat(steno.connection().actions()).containsExactly("start", "pause");
    }

    @Test
    void works_by_its_shortcuts() {
        page.keyboard().press("Control+Enter");
        assertThat(steno.state("recording")).isVisible();
        page.keyboard().press("Shift+Enter");
        assertThat(steno.state("paused")).isVisible();
        page.keyboard().press("Shift+Enter");
        assertThat(steno.state("recording")).isVisible();
        page.keyboard().press("Alt+Shift+KeyH");
        assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
        page.keyboard().press("Control+Enter"); // what lies below the sheet does not hear it
        page.keyboard().press("Escape");
        assertThat(page.getByRole(AriaRole.DIALOG)).isHidden();
        assertThat(steno.state("recording")).isVisible();
        page.keyboard().press("Alt+Shift+KeyF");
        assertThat(page.locator("body[data-view=large]")).isVisible();
        page.keyboard().press("Alt+Shift+KeyF");
        assertThat(page.locator("body[data-view=page]")).isVisible();
        page.keyboard().press("Control+Enter");
        steno.connection().awaitAction("stop");
    }

    @Test
    void offers_the_languages_and_speakers_of_the_engine() {
        open(ScriptedServer.AMAZON);
        page.getByLabel("Language").selectOption("Deutsch (Deutschland)");
        page.getByLabel("Tell speakers apart").check();
        steno.start();
        steno.connection().awaitAction("start");
        assertThat(steno.connection().texts().get(0))
                .contains("\"language_code\":\"de-DE\"", "\"show_speaker_label\":true");
        assertThat(page.getByLabel("Language")).isHidden();
    }

    @Test
    void an_engine_without_choices_shows_none() {
        steno.start();
        steno.connection().awaitAction("start");
        assertThat(steno.connection().texts()).containsExactly("{\"type\":\"control\",\"action\":\"start\"}");
        assertThat(page.getByLabel("Language")).isHidden();
        assertThat(page.getByLabel("Tell speakers apart")).isHidden();
        assertThat(page.locator("#confidence")).isHidden();
    }

    @Test
    void names_speakers_and_marks_doubtful_words_on_demand() {
        steno.start();
        steno.connection()
                .send("{\"type\":\"transcript\",\"text\":\"Good morning. Hello.\",\"is_final\":true,\"segment\":0,"
                        + "\"start\":0,\"end\":1" + WORDS);
        assertThat(steno.transcript().locator("p"))
                .hasText(new String[] {"0:00Speaker 1: Good morning.", "Speaker 2: Hello."});
        assertThat(marked("doubtful") + "|" + marked("guessed")).isEqualTo("|");
        steno.button("Unsure words").click();
        assertThat(marked("doubtful") + "|" + marked("guessed")).isEqualTo("morning.|Hello.");
        steno.button("Unsure words").click();
        assertThat(marked("doubtful") + "|" + marked("guessed")).isEqualTo("|");
    }

    /** Where a browser has not drawn it yet this is what it will draw. */
    private Object marked(String level) {
        return page.evaluate(
                "level => [...(CSS.highlights.get(level) ?? [])].map(({ startContainer, startOffset, endOffset }) =>"
                        + " startContainer.data.slice(startOffset, endOffset)).join()",
                level);
    }

    @Test
    void transcribes_a_file_ahead_of_real_time_and_shows_how_far_it_is() throws IOException {
        Path tone = Tone.write(chromium.folder().resolve("file.wav"), 440, 60);
        page.locator("#chooser").setInputFiles(tone);
        steno.awaitConnection(1).awaitAudio(30 * 32_000);
        steno.hear(0, "half", false);
        assertThat(page.getByLabel("Transcribed")).isVisible();
        assertThat(page.getByText("0:01 of 1:00")).isVisible();
        // The scripted server confirms nothing: the page goes 40 s ahead and waits there.
        steno.connection().awaitAudio(40 * 32_000);
        assertThat(Tone.frequency(steno.connection().audio())).isEqualTo(440);
        assertThat(Tone.decibel(steno.connection().audio())).isBetween(-0.1, 0.1);
        assertThat(page.locator("#status")).hasText("Transcribing the file");
        steno.connection().send("{\"type\":\"status\",\"state\":\"streaming\"}");
        steno.hear(0, "half a", false);
        assertThat(page.locator("#status")).hasText("Transcribing the file");
        assertThat(page.getByRole(AriaRole.TIMER)).isHidden(); // one clock is enough
        steno.button("Cancel").click();
        steno.connection().awaitAction("stop");
        assertThat(steno.state("ended")).isVisible(); // nobody waits for what was sent ahead
        assertThat(steno.connection().audio().length).isLessThanOrEqualTo(41 * 32_000);
        assertThat(page.getByLabel("Transcribed")).isHidden();
        assertThat(steno.alert()).containsText("Cancelled");
        assertThat(steno.transcript()).containsText("half a");
    }

    @Test
    void a_file_ends_its_recording_and_carries_nothing_above_half_the_rate_into_it() throws IOException {
        page.locator("#chooser").setInputFiles(Tone.write(chromium.folder().resolve("high.wav"), 9_000, 3));
        steno.awaitConnection(1).awaitAction("stop");
        assertThat(steno.connection().audio()).hasSize(3 * 32_000);
        assertThat(Tone.decibel(steno.connection().audio())).isLessThan(-50);
    }

    @Test
    void says_what_to_do_when_a_file_cannot_be_played() throws IOException {
        page.locator("#chooser")
                .setInputFiles(Files.writeString(chromium.folder().resolve("text.wav"), "no sound"));
        assertThat(steno.alert()).containsText("This file cannot be played");
        assertThat(steno.state("ended")).isVisible();
        assertThat(steno.connections()).isEmpty();
    }

    @Test
    void downloads_every_format_under_the_name_of_the_saved_file() {
        steno.start();
        steno.hear(0, "hello", true);
        steno.button("Stop").click();
        steno.connection().awaitAction("stop");
        steno.connection().save("2024/20241215_143022.txt");
        for (String extension : new String[] {"txt", "srt", "vtt", "json"}) {
            String file = page.waitForDownload(
                            () -> steno.button("." + extension).click())
                    .suggestedFilename();
            assertThat(file).isEqualTo("20241215_143022." + extension);
        }
        steno.button("Copy text").click();
        assertThat(page.getByText("Copied")).isVisible();
        assertThat(page.evaluate("() => navigator.clipboard.readText()")).isEqualTo("hello\n");
    }

    @Test
    void the_captions_wait_for_a_reader_who_has_scrolled_away() {
        steno.start();
        for (int segment = 0; segment < 40; segment++) {
            steno.hear(segment, "line " + segment, true);
        }
        assertThat(steno.transcript().getByText("line 39")).isInViewport();
        // The browser tells the page of it with the next frame; a caption that comes sooner must not take the reader
        // back.
        page.evaluate(
                "() => { addEventListener('scroll', (event) => event.stopImmediatePropagation(), true); scrollTo(0, 0); }");
        steno.hear(40, "line 40", true);
        assertThat(steno.button("Newest caption")).isVisible();
        assertThat(steno.transcript().getByText("line 40")).not().isInViewport();
        steno.button("Newest caption").click();
        assertThat(steno.transcript().getByText("line 40")).isInViewport();
        assertThat(steno.button("Newest caption")).isHidden();
    }

    @Test
    void signs_in_where_the_server_wants_a_token() {
        String withLibrary = ScriptedServer.SIGNED_OUT.replaceFirst("\\{", "{\"library\":true,");
        open(withLibrary);
        page.route(
                "**/transcripts**",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody("{\"items\":[{\"stem\":\"20230101_080000\",\"title\":\"New year\","
                                + "\"started\":\"2023-01-01T08:00:00Z\",\"first_words\":\"happy\"}]}")));
        page.getByLabel("Token").fill("right");
        chromium.server().info(withLibrary.replace("\"signed_in\":false", "\"signed_in\":true"));
        steno.button("Sign in").click();
        assertThat(page.getByRole(AriaRole.DIALOG)).isHidden();
        assertThat(page.getByText("New year")).isVisible();
        steno.start();
    }

    @Test
    void the_example_page_shows_captions() {
        page.navigate("http://" + chromium.server().address().replace("/steno/", "/examples/captions.html"));
        steno.button("Start").click();
        steno.awaitConnection(1).awaitAudio(6_400);
        steno.hear(0, "hello", true);
        assertThat(page.getByText("hello")).isVisible();
        steno.button("Stop").click();
        steno.connection().awaitAction("stop");
        steno.connection().save("a.txt");
        assertThat(steno.button("Closed: 1000")).isVisible();
    }

    @Test
    void the_element_shows_captions() {
        page.navigate("http://" + chromium.server().address().replace("/steno/", "/examples/element.html"));
        steno.button("Start").click();
        steno.awaitConnection(1).awaitAudio(6_400);
        assertThat(steno.connection().texts().get(0)).contains("en-US");
        steno.hear(0, "hello", true);
        assertThat(page.getByText("hello")).isVisible();
        steno.button("Stop").click();
        steno.connection().awaitAction("stop");
        steno.connection().save("a.txt");
        assertThat(steno.button("Start")).isVisible();
    }

    @Test
    void says_what_to_do_when_the_server_is_busy() {
        steno.start();
        steno.connection().fail("busy", "Two of two are taken.", 1013);
        assertThat(steno.alert()).containsText("The server is busy");
        assertThat(steno.alert()).containsText("Two of two are taken.");
        assertThat(steno.button("Start")).isEnabled();
    }

    @Test
    void says_what_to_do_when_the_microphone_is_blocked() {
        page.evaluate("() => { navigator.mediaDevices.getUserMedia ="
                + " () => Promise.reject(new DOMException('no', 'NotAllowedError')); }");
        steno.button("Start").click();
        assertThat(steno.alert()).containsText("The microphone is blocked");
        assertThat(steno.connections()).isEmpty();
    }

    @Test
    void keeps_the_text_and_says_so_when_the_connection_to_a_server_that_cannot_resume_is_lost() {
        steno.greetWith(ScriptedPage.SESSION + "}");
        steno.start();
        steno.hear(0, "hello", true);
        steno.hear(1, "wor", false);
        steno.connection().close(4000);
        assertThat(steno.alert()).containsText("The connection was lost");
        assertThat(steno.transcript()).containsText("wor");
    }

    @Test
    void a_page_that_is_left_says_stop() {
        steno.start();
        ScriptedPage.Connection connection = steno.connection();
        page.evaluate("() => dispatchEvent(new PageTransitionEvent('pagehide'))");
        connection.awaitAction("stop");
    }

    @Test
    void simple_client_html_is_the_page_too() {
        page.navigate("http://" + chromium.server().address() + "simple_client.html");
        steno.start();
        steno.hear(0, "hello", true);
        assertThat(steno.transcript()).containsText("hello");
    }
}
