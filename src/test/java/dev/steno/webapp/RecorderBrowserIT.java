package dev.steno.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.steno.testing.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nothing that was said is lost on the page, and nobody is left in doubt about what is going on. */
@EnabledIf(value = "dev.steno.testing.Browser#isExpected", disabledReason = Browser.MISSING)
class RecorderBrowserIT {
    /** What the page asks for by itself when all else is there. */
    private static final String LAST_SCRIPT_LOADED = "() => performance.getEntriesByType('resource')"
            + ".some(each => each.name.endsWith('/lib/uqr.js') && each.responseEnd > 0)";

    /** So that a test can do to the page's audio what a telephone call does. */
    private static final String CONTEXTS = "globalThis.contexts = []; globalThis.AudioContext ="
            + " class extends AudioContext { constructor(...all) { super(...all); globalThis.contexts.push(this); } };";

    /** As the library lists what is stored. */
    private static final String STORED = "{\"items\":["
            + "{\"stem\":\"20241215_143022\",\"title\":null,\"started\":\"2024-12-15T14:30:22Z\",\"duration\":2,"
            + "\"language_code\":\"en-US\",\"first_words\":\"said here\"},"
            + "{\"stem\":\"20230101_080000\",\"title\":\"New year\",\"started\":\"2023-01-01T08:00:00Z\",\"duration\":60,"
            + "\"language_code\":\"en-US\",\"first_words\":\"happy new year\"}]}";

    @RegisterExtension
    static final ScriptedBrowser chromium = new ScriptedBrowser();

    private ScriptedPage steno;
    private Page page;

    @BeforeEach
    void openPage() {
        open(ScriptedServer.SPHINX, chromium.newPage());
    }

    private void open(String info, Page fresh) {
        fresh.addInitScript(CONTEXTS);
        steno = chromium.open(info, fresh, "");
        page = steno.page();
    }

    @Test
    void it_is_said_before_and_while_somebody_speaks_that_the_sound_is_kept() {
        Locator consent = page.getByText("The sound is stored with the text");
        assertThat(consent).isHidden();
        open(ScriptedServer.SPHINX.replaceFirst("\\{", "{\"audio_kept\":true,"), chromium.newPage());
        consent = page.getByText("The sound is stored with the text");
        assertThat(consent).isVisible();
        assertThat(Axe.findings(page)).isEmpty();
        steno.start();
        steno.hear(0, "one", true);
        assertThat(consent).isVisible();
    }

    @Test
    void notices_stand_beside_each_other_until_they_are_put_away() {
        steno.start();
        steno.connection().send("{\"type\":\"status\",\"state\":\"streaming\",\"dropped_from\":1,\"dropped_to\":3.5}");
        steno.connection()
                .send(
                        "{\"type\":\"status\",\"state\":\"streaming\",\"ends_in\":60,\"message\":\"SESSION_MAX_DURATION\"}");
        Locator alerts = page.getByRole(AriaRole.ALERT);
        assertThat(alerts).hasCount(2);
        assertThat(alerts.first()).containsText("2.5 s could not be transcribed");
        assertThat(alerts.last()).containsText("The recording will end in 1:00");
        assertThat(page.getByText("SESSION_MAX_DURATION")).isHidden(); // for operators, under Details
        steno.button("Dismiss").first().click();
        assertThat(alerts).hasCount(1);
    }

    @Test
    void what_is_missing_and_where_it_was_paused_stands_in_the_transcript() {
        steno.start();
        steno.hear(0, "one", true);
        steno.hear(5, "two", true);
        steno.connection().send("{\"type\":\"status\",\"state\":\"streaming\",\"dropped_from\":2,\"dropped_to\":4}");
        steno.hear(8, "three", true);
        assertThat(steno.transcript().locator("p"))
                .hasText(new String[] {"0:00one", "2.0 s are missing here", "0:05two", "0:08three"});
        for (int told = 0; told < 2; told++) { // the second time as after a cut
            steno.connection()
                    .send("{\"type\":\"status\",\"state\":\"streaming\",\"dropped_from\":6,\"dropped_to\":7.5}");
        }
        steno.hear(9, "four", true);
        assertThat(page.getByText("1.5 s are missing here")).hasCount(1);
        assertThat(steno.alert()).containsText("3.5 s could not be transcribed");
        steno.button("Pause").click();
        assertThat(steno.transcript().locator("p").last()).containsText("Paused at");
        assertThat(page.getByText("Paused. Nothing that is said now is heard.")).isVisible();
        assertThat(page).hasTitle("❚❚ Steno");
    }

    @Test
    void a_transcript_outlives_reload_and_tab() {
        steno.start();
        steno.hear(0, "the first words of it", true);
        steno.hear(1, "and some more", true);
        assertThat(steno.transcript()).containsText("and some more");
        page.waitForFunction(
                "() => new Promise((resolve) => { const open = indexedDB.open('steno'); open.onsuccess = () => {"
                        + " const all = open.result.transaction('segments').objectStore('segments').count();"
                        + " all.onsuccess = () => { open.result.close(); resolve(all.result === 2); }; }; })");
        page.onceDialog(Dialog::accept);
        page.reload();
        Locator list = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Your recordings"));
        assertThat(list).containsText("the first words of it and some more");
        list.getByRole(AriaRole.BUTTON).first().click();
        assertThat(steno.transcript().locator("p"))
                .hasText(new String[] {"0:00the first words of it", "0:01and some more"});
        assertThat(steno.button("Copy text")).isVisible();
        steno.button("Close").click();
        assertThat(list).isVisible();
    }

    @Test
    void own_recordings_are_renamed_and_deleted_and_deleting_is_undone() {
        record("hello");
        steno.button("Close").click();
        Locator list = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Your recordings"));
        list.getByText("Rename").click();
        page.getByLabel("Title").fill("Garden show");
        steno.button("Save").click();
        assertThat(steno.button("Garden show")).isVisible();
        steno.button("Delete: Garden show").click();
        assertThat(list).isHidden();
        steno.button("Undo").click();
        steno.button("Garden show").click();
        assertThat(steno.transcript()).containsText("hello");
        assertThat(page.getByRole(AriaRole.ARTICLE, new Page.GetByRoleOptions().setName("Garden show")))
                .isVisible();
    }

    @Test
    void keeps_nothing_where_the_operator_says_so() {
        open("{\"engine\":\"sphinx\",\"browser_history\":false}", chromium.newPage());
        record("hello");
        steno.button("Close").click();
        page.reload();
        assertThat(page.getByText("Speak, and read along.")).isVisible();
        assertThat(page.locator("#yours")).isHidden();
    }

    @Test
    void asks_before_a_running_recording_is_left() {
        steno.start();
        List<String> asked = new ArrayList<>();
        page.onDialog(dialog -> {
            asked.add(dialog.type());
            dialog.dismiss();
        });
        page.evaluate("() => setTimeout(() => location.reload(), 0)");
        page.waitForCondition(() -> !asked.isEmpty());
        assertThat(asked).containsExactly("beforeunload");
        assertThat(steno.state("recording")).isVisible();
    }

    @Test
    void a_dropped_file_is_transcribed_and_never_replaces_the_page() {
        assertThat(drop()).isEqualTo(true);
        steno.awaitConnection(1).awaitAudio(3_200);
        assertThat(drop()).as("while a file is transcribed").isEqualTo(true);
        assertThat(steno.connections()).hasSize(1);
    }

    /** Whether the page has taken what was dropped, a second of silence. */
    private Object drop() {
        return page.evaluate(
                "() => { const bytes = new Uint8Array(44 + 32000); const view = new DataView(bytes.buffer);"
                        + " const text = (at, word) => [...word].forEach((c, i) => view.setUint8(at + i, c.charCodeAt(0)));"
                        + " text(0, 'RIFF'); text(8, 'WAVE'); text(12, 'fmt '); view.setUint32(16, 16, true); view.setUint16(20, 1, true);"
                        + " view.setUint16(22, 1, true); view.setUint32(24, 16000, true); view.setUint16(34, 16, true);"
                        + " text(36, 'data'); view.setUint32(40, 32000, true);"
                        + " const data = new DataTransfer(); data.items.add(new File([bytes], 'a.wav'));"
                        + " return !document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })); }");
    }

    @Test
    void speakers_are_named_once_for_everything_that_leaves_the_page() throws IOException {
        open(ScriptedServer.AMAZON, chromium.newPage());
        steno.start();
        steno.connection().send(spoken(0, "Good morning", "1-spk_0"));
        steno.connection().send(spoken(1, "Hello", "1-spk_1"));
        steno.button("Speakers").click();
        page.getByLabel("Speaker 1").fill("Helen");
        steno.button("Close").click();
        steno.connection().send(spoken(2, "How are you", "1-spk_0"));
        assertThat(steno.transcript().locator("p"))
                .hasText(new String[] {"0:00Helen: Good morning", "0:01Speaker 2: Hello", "0:02Helen: How are you"});
        steno.button("Stop").click();
        steno.connection().awaitAction("stop");
        steno.connection().save("a.txt");
        assertThat(downloaded("txt")).isEqualTo("Helen: Good morning\nSpeaker 2: Hello\nHelen: How are you\n");
        assertThat(downloaded("vtt")).contains("<v Helen>Good morning", "<v Speaker 2>Hello");
        assertThat(downloaded("srt")).contains("Helen: Good morning", "Speaker 2: Hello");
        assertThat(downloaded("json")).contains("\"1-spk_0\": \"Helen\"");
    }

    private String downloaded(String extension) throws IOException {
        Download download =
                page.waitForDownload(() -> steno.button("." + extension).click());
        return Files.readString(download.path());
    }

    @Test
    void the_large_view_follows_from_the_first_moment_wherever_one_has_scrolled_to() {
        steno.start();
        for (int segment = 0; segment < 40; segment++) {
            steno.hear(segment, "line " + segment + " of a long talk about roses", true);
        }
        page.evaluate("() => scrollTo(0, 0)");
        assertThat(steno.button("Full screen")).isInViewport();
        steno.button("Full screen").click();
        assertThat(steno.transcript().getByText("line 39 of")).isInViewport();
        steno.hear(40, "line 40", true);
        assertThat(steno.transcript().getByText("line 40", new Locator.GetByTextOptions().setExact(true)))
                .isInViewport();
    }

    @Test
    void a_server_that_is_down_at_start_is_not_the_microphones_fault() throws IOException {
        openOfServerThatGoesDown(() -> {});
        steno.button("Start").click();
        assertThat(steno.alert()).containsText("The server cannot be reached");
        assertThat(steno.state("ended")).isVisible();
        steno.problems().clear(); // the browser's own lines about requests that failed
    }

    @Test
    void after_a_recording_all_of_the_page_works_while_the_server_is_away() throws IOException {
        openOfServerThatGoesDown(() -> {
            record("said before");
            page.waitForFunction(LAST_SCRIPT_LOADED);
        });
        steno.button("Captions").click();
        assertThat(page.getByLabel("Colours")).isVisible();
        page.keyboard().press("Escape");
        page.locator("#chooser")
                .setInputFiles(Files.writeString(chromium.folder().resolve("none.wav"), "no sound"));
        assertThat(steno.alert()).containsText("This file cannot be played");
        steno.problems().clear();
    }

    private void openOfServerThatGoesDown(Runnable before) throws IOException {
        try (ScriptedServer other = new ScriptedServer()) {
            steno = chromium.openAt(other);
            page = steno.page();
            before.run();
        }
    }

    @Test
    void a_part_that_cannot_be_loaded_is_told_not_passed_over() {
        Page fresh = chromium.newPage();
        fresh.route("**/look-panel.js", Route::abort);
        open(ScriptedServer.SPHINX, fresh);
        steno.button("Captions").click();
        assertThat(steno.alert()).containsText("This part of the page is not loaded");
        steno.problems().clear();
    }

    @Test
    void what_the_browser_and_the_server_have_is_one_list() {
        List<String> changed = new ArrayList<>();
        Page fresh = chromium.newPage();
        fresh.route("**/transcripts**", route -> {
            if (!route.request().method().equals("GET")) {
                changed.add(
                        route.request().method() + " " + route.request().url().replaceAll(".*/", "") + " "
                                + route.request().postData());
            }
            answerWithStored(route);
        });
        open(ScriptedServer.SPHINX.replaceFirst("\\{", "{\"library\":true,"), fresh);
        record("said here");
        steno.button("Close").click();
        Locator items = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Recordings"))
                .getByRole(AriaRole.LISTITEM);
        assertThat(items).hasCount(2);
        assertThat(items.first()).containsText("said here");
        assertThat(items.last()).containsText("on the server");
        assertThat(items.last().getByRole(AriaRole.LINK)).hasAttribute("href", "library.html#20230101_080000");
        items.first().getByText("Rename").click();
        page.getByLabel("Title").fill("Garden show");
        steno.button("Save").click();
        page.waitForCondition(() -> changed.contains("PATCH 20241215_143022 {\"title\":\"Garden show\"}"));
        steno.button("Delete: Garden show").click();
        assertThat(items).hasCount(1);
        assertThat(steno.alert()).containsText("In this browser and on the server");
        steno.button("Undo").click();
        assertThat(items).hasCount(2);
        steno.button("Delete: Garden show").click();
        assertThat(items).hasCount(1);
        page.evaluate("() => dispatchEvent(new PageTransitionEvent('pagehide'))");
        page.waitForCondition(() -> changed.contains("DELETE 20241215_143022 null"));
    }

    @Test
    void what_the_server_tells_late_does_not_replace_what_is_shown_by_then() {
        List<Route> late = new ArrayList<>();
        Page fresh = chromium.newPage();
        fresh.route("**/transcripts**", late::add);
        open(ScriptedServer.SPHINX.replaceFirst("\\{", "{\"library\":true,"), fresh);
        fresh.waitForCondition(() -> late.size() == 1);
        record("said here");
        Locator items = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Recordings"))
                .getByRole(AriaRole.LISTITEM);
        fresh.waitForCondition(() -> late.size() == 2);
        for (int answered = 1; answered >= 0; answered--) {
            Browser.answerLate(page, late.get(answered), RecorderBrowserIT::answerWithStored);
        }
        steno.button("Close").click();
        assertThat(items).hasCount(2);
        assertThat(items.first().getByRole(AriaRole.LINK)).hasCount(0); // it is here as well, and opens at once
    }

    @Test
    void who_starts_before_the_server_has_told_of_itself_loses_nothing_by_that() {
        List<Route> info = new ArrayList<>();
        Page fresh = chromium.newPage();
        fresh.route("**/info", info::add);
        fresh.route(
                "**/transcripts**",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody("{\"items\":[]}")));
        steno = chromium.open(ScriptedServer.AMAZON, fresh, "?language=de-DE");
        page = fresh;
        fresh.waitForCondition(() -> info.size() == 1);
        steno.button("Start").click();
        assertThat(steno.state("starting")).isVisible();
        info.get(0)
                .fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody(ScriptedServer.AMAZON.replaceFirst("\\{", "{\"library\":true,")));
        assertThat(steno.state("recording")).isVisible();
        assertThat(steno.connection().texts().get(0)).contains("\"language_code\":\"de-DE\"");
        steno.hear(0, "said early", true);
        steno.button("Stop").click();
        steno.connection().awaitAction("stop");
        steno.connection().save("20241215_143022.txt");
        assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("library"))
                        .first())
                .isVisible();
        steno.button("Close").click();
        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Recordings")))
                .containsText("said early");
    }

    @Test
    void names_of_speakers_hold_for_the_archive_too() {
        List<String> edits = new ArrayList<>();
        Page fresh = chromium.newPage();
        fresh.route("**/transcripts**", route -> {
            if (route.request().method().equals("PATCH")) {
                edits.add(route.request().postData());
            }
            answerWithStored(route);
        });
        open(ScriptedServer.AMAZON.replaceFirst("\\{", "{\"library\":true,"), fresh);
        steno.start();
        steno.connection().send(spoken(0, "Good morning", "1-spk_0"));
        steno.button("Speakers").click();
        page.getByLabel("Speaker 1").fill("Helen");
        steno.button("Close").click();
        steno.button("Stop").click();
        steno.connection().awaitAction("stop");
        assertThat(edits).isEmpty();
        steno.connection().save("20241215_143022.txt");
        page.waitForCondition(() -> edits.contains("{\"speakers\":{\"1-spk_0\":\"Helen\"}}"));
    }

    @Test
    void captions_have_the_language_and_the_direction_of_what_is_said() {
        steno.greetWith("{\"type\":\"session\",\"engine\":\"amazon-transcribe\",\"language_code\":\"ar-SA\"}");
        steno.start();
        steno.hear(0, "صباح الخير، هل تعرفون Steno؟", true);
        assertThat(steno.transcript()).hasAttribute("lang", "ar-SA");
        assertThat(steno.transcript().locator("p")).hasAttribute("dir", "auto");
        assertThat(steno.transcript().locator("p")).hasCSS("direction", "rtl");
    }

    @Test
    void copies_where_the_browser_has_no_clipboard_for_the_page() {
        record("hello");
        page.evaluate("() => Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true })");
        steno.button("Copy text").click();
        assertThat(page.getByText("Copied")).isVisible();
        page.evaluate("() => delete navigator.clipboard");
        assertThat(page.evaluate("() => navigator.clipboard.readText()")).isEqualTo("hello\n");
    }

    @Test
    void there_is_a_way_out_of_stop_while_the_connection_is_lost() {
        steno.start();
        steno.hear(0, "kept here", true);
        steno.greetWith(""); // nobody answers
        steno.connection().close(4000);
        assertThat(page.getByText("The connection is lost.")).isVisible();
        steno.button("Stop").click();
        steno.button("Finish now").click();
        assertThat(steno.state("ended")).isVisible();
        assertThat(steno.transcript()).containsText("kept here");
        assertThat(steno.alert()).containsText("Finished without the server");
    }

    @Test
    void words_that_come_late_are_told_to_be_late() {
        steno.start();
        steno.connection().awaitAudio(2 * 32_000);
        steno.connection().progress(); // a server that says nothing for 5 s is taken for dead
        steno.connection().awaitAudio(5 * 32_000);
        assertThat(page.getByText("s behind")).isVisible();
        steno.hear(60, "here they are", false); // further than the voice gets on a busy machine
        assertThat(page.getByText("s behind")).isHidden();
    }

    @Test
    void audio_that_stops_coming_is_noticed_and_asked_for_again() {
        steno.start();
        steno.connection().awaitAudio(6_400);
        page.evaluate(
                "() => { for (const context of contexts) { context.resume = () => Promise.resolve(); context.suspend(); } }");
        assertThat(steno.alert()).containsText("No sound comes from the microphone any more");
        page.evaluate("() => contexts.forEach((context) => delete context.resume)");
        page.locator("#status").click(); // anywhere
        assertThat(steno.alert()).isEmpty();
        assertThat(steno.transcript()).containsText("No sound came for");
    }

    @Test
    void a_microphone_is_tried_out_before_and_changed_while_recording() {
        steno.button("Check").click();
        assertThat(page.getByLabel("Microphone level")).not().hasAttribute("aria-valuenow", "0");
        assertThat(steno.connections()).isEmpty();
        steno.start();
        steno.connection().awaitAudio(6_400);
        page.getByLabel("Microphone")
                .first()
                .selectOption(new com.microsoft.playwright.options.SelectOption().setIndex(1));
        steno.connection().awaitAudio(steno.connection().audio().length + 12_800);
        assertThat(steno.state("recording")).isVisible();
        assertThat(steno.alert()).isEmpty();
    }

    /** The microphone is silenced, so all that is said comes from the tab; then the tab is. */
    @Test
    void the_sound_of_a_tab_is_recorded_beside_the_microphone_and_told_apart() throws IOException {
        page.evaluate("() => { const sound = (frequency) => { const context = new AudioContext();"
                + " const tone = new OscillatorNode(context, { frequency }); const gain = new GainNode(context);"
                + " const end = context.createMediaStreamDestination(); tone.connect(gain).connect(end); tone.start();"
                + " return { gain, capture: async () => { await context.resume(); return end.stream; } }; };"
                + " globalThis.own = sound(440); globalThis.tab = sound(1000); own.gain.gain.value = 0;"
                + " navigator.mediaDevices.getUserMedia = own.capture;"
                + " navigator.mediaDevices.getDisplayMedia = tab.capture; }");
        page.getByLabel("With the sound of a tab").check();
        steno.start();
        assertThat(page.getByLabel("Level of the tab's sound")).not().hasAttribute("aria-valuenow", "0");
        confirmAudio(2);
        page.evaluate("() => { own.gain.gain.value = 1; tab.gain.gain.value = 0; }");
        int changed = steno.connection().audio().length / 32_000 + 1;
        confirmAudio(changed + 2);
        assertThat(page.getByLabel("Level of the tab's sound")).hasAttribute("aria-valuenow", "0");
        steno.connection().send(spoken(0, "Good morning", null));
        steno.connection().send(spoken(changed, "Hello", null));
        assertThat(steno.transcript().locator("p")).hasText(new Pattern[] {
            Pattern.compile("The others: Good morning"), Pattern.compile("Me: Hello"),
        });
        steno.button("Stop").click();
        steno.connection().awaitAction("stop");
        steno.connection().save("a.txt");
        assertThat(downloaded("vtt")).contains("<v The others>Good morning", "<v Me>Hello");
    }

    /** As a server does: a page that hears of no progress for five seconds connects anew. */
    private void confirmAudio(int seconds) {
        for (int i = 1; i <= seconds; i++) {
            steno.connection().awaitAudio(i * 32_000);
            steno.connection().progress();
        }
    }

    @Test
    void a_link_starts_a_recording_in_a_language() {
        steno = chromium.open(ScriptedServer.AMAZON, chromium.newPage(), "?language=de-DE&start");
        page = steno.page();
        steno.awaitConnection(1).awaitAction("start");
        assertThat(steno.connection().texts().get(0)).contains("\"language_code\":\"de-DE\"");
        steno = chromium.open(ScriptedServer.AMAZON, chromium.newPage(), "?language=fr&start");
        steno.awaitConnection(1).awaitAction("start");
        assertThat(steno.connection().texts().get(0)).contains("\"language_code\":\"fr-FR\"");
    }

    @Test
    void a_link_to_a_language_that_is_not_there_says_so_and_records_in_no_other() {
        steno = chromium.open(ScriptedServer.AMAZON, chromium.newPage(), "?language=ja-JP&start");
        page = steno.page();
        assertThat(steno.alert()).containsText("This language is not available here");
        assertThat(steno.state("ended")).isVisible();
        assertThat(steno.connections()).isEmpty();
    }

    @Test
    void captions_look_as_one_likes_and_the_browser_remembers_it() {
        steno.start();
        steno.hear(0, "hello", true);
        Object before = page.evaluate("() => getComputedStyle(document.querySelector('.finals p')).fontSize");
        steno.button("Captions").click();
        page.getByLabel("Size").fill("200");
        page.getByLabel("Colours").selectOption("yellow-on-black");
        page.getByLabel("Screen reader").selectOption("off");
        assertThat(page.evaluate("() => getComputedStyle(document.querySelector('.finals p')).fontSize"))
                .isNotEqualTo(before);
        assertThat(steno.transcript()).hasCSS("background-color", "rgb(0, 0, 0)");
        assertThat(steno.transcript()).hasAttribute("aria-live", "off");
        page.keyboard().press("Alt+Shift+KeyR");
        assertThat(page.locator("#read-out")).hasText("hello");
        page.keyboard().press("Escape");
        assertThat(page.getByLabel("Colours")).isHidden();
        page.onceDialog(Dialog::accept);
        page.reload();
        assertThat(page.locator("html")).hasAttribute("data-colours", "yellow-on-black");
    }

    @Test
    void in_the_large_view_all_else_fades_until_somebody_moves() {
        steno.start();
        steno.hear(0, "hello", true);
        steno.button("Full screen").click();
        assertThat(page.locator("body[data-quiet]")).isVisible();
        assertThat(page.locator(".dock")).hasCSS("opacity", "0");
        page.mouse().move(200, 200);
        page.mouse().move(210, 210);
        assertThat(page.locator(".dock")).hasCSS("opacity", "1");
        page.keyboard().press("+");
        assertThat(page.evaluate("() => document.documentElement.style.getPropertyValue('--size')"))
                .isEqualTo("1.1");
    }

    @Test
    void the_page_speaks_the_browsers_language_and_another_if_one_wants_it() {
        open(
                ScriptedServer.AMAZON,
                chromium.newPage(new com.microsoft.playwright.Browser.NewContextOptions().setLocale("ar-EG")));
        assertThat(page.locator("html")).hasAttribute("dir", "rtl");
        assertThat(steno.button("ابدأ")).isVisible();
        page.locator("#page-language").selectOption("Deutsch");
        assertThat(page.locator("html")).hasAttribute("dir", "ltr");
        assertThat(page.getByText("Sprechen und mitlesen.")).isVisible();
        page.reload();
        assertThat(page.getByText("Sprechen und mitlesen.")).isVisible();
    }

    @Test
    void languages_have_their_own_names_and_the_browsers_come_first() {
        steno.close();
        String many =
                "\"ar-SA\",\"da-DK\",\"de-CH\",\"de-DE\",\"en-AB\",\"en-GB\",\"en-US\",\"es-ES\",\"fr-CA\",\"fr-FR\",\"it-IT\","
                        + "\"ja-JP\",\"ko-KR\",\"nl-NL\",\"zh-CN\"";
        open(
                "{\"engine\":\"amazon-transcribe\",\"language_code\":\"en-US\",\"languages\":[" + many + "]}",
                chromium.newPage(new com.microsoft.playwright.Browser.NewContextOptions().setLocale("de-CH")));
        Locator list = page.locator("#options select");
        assertThat(list.locator("option").nth(1)).hasText("Deutsch (Schweiz)");
        list.selectOption("more");
        page.getByRole(AriaRole.SEARCHBOX).fill("franzosisch kan");
        page.keyboard().press("Enter");
        assertThat(list.locator("option:checked")).hasText("Français (Canada)");
        page.locator("#record").click();
        steno.awaitConnection(1).awaitAction("start");
        assertThat(steno.connection().texts().get(0)).contains("\"language_code\":\"fr-CA\"");
    }

    private static void answerWithStored(Route route) {
        route.fulfill(
                new Route.FulfillOptions().setContentType("application/json").setBody(STORED));
    }

    private void record(String words) {
        steno.start();
        steno.hear(0, words, true);
        steno.button("Stop").click();
        steno.connection().awaitAction("stop");
        steno.connection().save("20241215_143022.txt");
        assertThat(steno.state("ended")).isVisible();
    }

    /** @param speaker the engine's label, or null where it has none */
    private static String spoken(int segment, String text, String speaker) {
        String label = speaker == null ? "" : ",\"speaker\":\"" + speaker + "\"";
        StringBuilder words = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            words.append(words.isEmpty() ? "" : ",")
                    .append("{\"text\":\"%s\",\"start\":%d,\"end\":%d%s}".formatted(word, segment, segment + 1, label));
        }
        return "{\"type\":\"transcript\",\"text\":\"%s\",\"is_final\":true,\"segment\":%d,\"start\":%d,\"end\":%d,\"words\":[%s]}"
                .formatted(text, segment, segment, segment + 1, words);
    }
}
