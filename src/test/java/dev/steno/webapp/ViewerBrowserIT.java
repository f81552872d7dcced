package dev.steno.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ReducedMotion;
import dev.steno.testing.Browser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What readers see behind a link, and what a video mixer shows. */
@EnabledIf(value = "dev.steno.testing.Browser#isExpected", disabledReason = Browser.MISSING)
class ViewerBrowserIT {
    private static final String SNAPSHOT = "{'finals':[{'segment':0,'text':'What was said before.','start':1,'end':2,"
            + "'speaker':'spk_0'}],'partial':'And what','state':'streaming','recording':'r','language_code':'en-US',"
            + "'languages':['fr','ar']}";

    @TempDir
    private static Path folder;

    private static Browser browser;

    private ScriptedAudience server;
    private Page page;

    @BeforeAll
    static void open() throws IOException {
        browser = Browser.withoutWindows(Tone.write(folder.resolve("tone.wav"), 440, 1));
    }

    @AfterAll
    static void shut() {
        browser.close();
    }

    @BeforeEach
    void connect() throws IOException {
        server = new ScriptedAudience();
        page = browser.newPage();
    }

    @AfterEach
    void disconnect() {
        Browser.close(page);
        server.close();
    }

    private Locator log() {
        return page.getByRole(AriaRole.LOG, new Page.GetByRoleOptions().setName("Captions"));
    }

    private void picture(String name) {
        String pictures = System.getProperty("steno.pictures");
        if (pictures != null) {
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(pictures, name + ".png")));
        }
    }

    @Test
    void shows_what_was_said_and_what_is_being_said() {
        server.send("r:1", "snapshot", SNAPSHOT);
        page.navigate(server.url());
        assertThat(log()).containsText("What was said before.");
        assertThat(page.getByText("And what")).isVisible();
        assertThat(page.getByRole(AriaRole.STATUS).first()).hasText("Live");
        assertThat(log()).hasAttribute("aria-live", "polite");
        assertThat(log()).hasAttribute("lang", "en-US");
        assertThat(page.locator("#partial")).hasAttribute("aria-hidden", "true");
        picture("viewer-light");

        server.send("r:2", "final", "{'segment':1,'text':'And what is said now.','start':2,'end':3}");
        assertThat(log()).containsText("And what is said now.");
        assertThat(page.locator("#partial")).isHidden();
        server.send("status", "{'state':'paused'}");
        assertThat(page.getByRole(AriaRole.STATUS).first()).hasText("Paused");
        assertThat(Axe.findings(page)).isEmpty();

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Settings"))
                .click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Larger text"))
                .click();
        assertThat(page.locator("#size")).hasText("125 %");
        page.getByLabel("Colours").selectOption("contrast");
        assertThat(Axe.findings(page)).isEmpty();
        picture("viewer-contrast");
        page.getByLabel("Colours").selectOption("dark");
        picture("viewer-dark");
        page.reload();
        assertThat(page.locator("#size")).hasText("125 %");
    }

    @Test
    void speaks_the_language_of_its_reader() {
        server.send("r:1", "snapshot", SNAPSHOT);
        Page arabic = browser.newPage(new com.microsoft.playwright.Browser.NewContextOptions().setLocale("ar-EG"));
        arabic.navigate(server.url());
        assertThat(arabic.getByRole(AriaRole.HEADING)).hasText("\u0646\u0635 \u0645\u0628\u0627\u0634\u0631");
        assertThat(arabic.locator("html")).hasAttribute("dir", "rtl");
        Locator said = arabic.getByText("What was said before.");
        assertThat(said).hasCSS("direction", "ltr");
        assertThat(arabic.getByRole(AriaRole.LOG)).hasAttribute("lang", "en-US");
        assertThat(Axe.findings(arabic)).isEmpty();
        Browser.close(arabic);
    }

    @Test
    void comes_back_to_where_it_was_and_says_when_there_is_no_more() {
        server.send("r:1", "snapshot", SNAPSHOT);
        page.navigate(server.url());
        assertThat(log()).containsText("What was said before.");
        server.cut();
        server.send("r:2", "final", "{'segment':1,'text':'After the gap.','start':2,'end':3}");
        assertThat(log()).containsText("After the gap.");
        assertThat(server.lastEventIds()).endsWith("r:1");
        assertThat(log().locator(".caption")).hasCount(2);
        server.send("end", "{'reason':'saved'}");
        server.cut();
        assertThat(page.getByText("The recording has ended.")).isVisible();
        picture("viewer-end");
        assertThat(Axe.findings(page)).isEmpty();
        String file = page.waitForDownload(
                        () -> page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Download .txt"))
                                .click())
                .suggestedFilename();
        assertThat(file).isEqualTo("captions.txt");
    }

    @Test
    void says_that_a_link_is_dead() {
        server.refuse(410);
        page.navigate(server.url());
        assertThat(page.getByText("This link is no longer in force.")).isVisible();
    }

    @Test
    void shows_a_translation_above_what_was_said_in_its_own_direction() {
        server.send("r:1", "snapshot", SNAPSHOT);
        page.navigate(server.url());
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Settings"))
                .click();
        page.getByLabel("Translation").selectOption("ar");
        server.send(
                "translation",
                "{'segment':0,'language_code':'ar','text':'\u0645\u0631\u062d\u0628\u0627 \u0628\u0643\u0645'}");
        Locator translation = log().locator(".translation");
        assertThat(translation).hasText(Pattern.compile("\u0645\u0631\u062d\u0628\u0627"));
        assertThat(translation).hasAttribute("lang", "ar");
        assertThat(translation).hasCSS("direction", "rtl");
        assertThat(log()).containsText("What was said before.");
        assertThat(server.queries()).contains("lang=", "lang=ar");
        assertThat(Axe.findings(page)).isEmpty();
        picture("viewer-arabic");
    }

    @Test
    void scrolling_yields_to_the_reader() {
        StringBuilder finals = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            finals.append(i == 0 ? "" : ",")
                    .append("{'segment':" + i + ",'text':'Line " + i + "','start':" + i + ",'end':" + (i + 1) + "}");
        }
        server.send("snapshot", "{'finals':[" + finals + "],'partial':null,'state':'streaming','recording':'r'}");
        page.navigate(server.url());
        assertThat(page.getByText("Line 59")).isInViewport();
        page.evaluate("() => scrollTo(0, 0)");
        assertThat(page.getByText("Line 0", new Page.GetByTextOptions().setExact(true)))
                .isInViewport();
        server.send("final", "{'segment':60,'text':'Line 60','start':60,'end':61}");
        Locator latest = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Newest caption"));
        assertThat(latest).isVisible();
        assertThat(page.getByText("Line 60")).not().isInViewport();
        latest.click();
        assertThat(page.getByText("Line 60")).isInViewport();
    }

    @Test
    void an_overlay_shows_the_last_lines_on_nothing_and_hides_after_silence() {
        server.send("snapshot", SNAPSHOT);
        page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE)); // there, or not
        page.navigate(server.url() + "?overlay&lines=1&size=40&hide=1&color=ffcc00&background=rgb(0,0,128)");
        Locator text = page.locator("#text");
        assertThat(text).hasText("And what");
        assertThat(text).hasCSS("color", "rgb(255, 204, 0)");
        assertThat(text).hasCSS("background-color", "rgb(0, 0, 128)");
        assertThat(text).hasCSS("font-size", "40px");
        assertThat(page.locator("body")).hasCSS("background-color", "rgba(0, 0, 0, 0)");
        server.send(
                "partial",
                "{'segment':1,'text':'And what is said now, which is far too long for one line of an"
                        + " overlay that is only as wide as a small window, is cut at its beginning'}");
        assertThat(text).containsText("cut at its beginning");
        assertThat(((Number) page.evaluate("() => document.getElementById('lines').clientHeight")).intValue())
                .isEqualTo(56);
        picture("overlay");
        assertThat(page.locator("#frame")).hasAttribute("data-silent", "");
        server.send("final", "{'segment':1,'text':'Back again.','start':2,'end':3}");
        assertThat(text).hasText("Back again.");
        assertThat(Axe.findings(page)).isEmpty();
    }

    @Test
    void builds_the_address_of_an_overlay() {
        page.navigate(server.url() + "/overlay");
        page.getByLabel("Lines").fill("3");
        page.getByLabel("Background").fill("rgba(0, 0, 0, 0.5)");
        assertThat(page.getByLabel("Address"))
                .hasValue(server.url() + "?overlay&lines=3&background=rgba(0%2C%200%2C%200%2C%200.5)");
        assertThat(page.frameLocator("#preview").getByText("This is how captions look."))
                .isVisible();
        assertThat(Axe.findings(page)).isEmpty();
        picture("overlay-builder");
    }
}
