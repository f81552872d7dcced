package dev.steno.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.steno.testing.Browser;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The whole life of a recording by keyboard alone, and as a screen reader is told of it. */
@EnabledIf(value = "dev.steno.testing.Browser#isExpected", disabledReason = Browser.MISSING)
class WalkBrowserIT {
    @TempDir
    private Path folder;

    @Test
    void a_recording_is_made_copied_put_away_and_opened_again_without_a_mouse() throws IOException {
        try (ScriptedServer server = new ScriptedServer();
                Browser browser = Browser.withoutWindows(Tone.write(folder.resolve("tone.wav"), 440, 60));
                ScriptedPage steno = new ScriptedPage(browser, server, "")) {
            Page page = steno.page();
            assertThat(page.locator("body")).matchesAriaSnapshot("""
                    - banner:
                      - heading "Steno" [level=1]
                      - paragraph:
                        - status: Ready
                    - main:
                      - heading "Speak, and read along." [level=2]
                      - paragraph: /Press Start and talk/
                      - paragraph: /Your voice goes to this server/
                    - contentinfo:
                      - combobox "Microphone"
                      - button "Check"
                      - button "Start"
                      - button "Transcribe a file"
                    """);
            tabTo(page, "Start");
            page.keyboard().press("Enter");
            assertThat(steno.state("recording")).isVisible();
            assertThat(focused(page)).as("the button under the finger").isEqualTo("Stop");
            steno.hear(0, "half a", false);
            assertThat(page.locator(".partials")).containsText("half a");
            assertThat(page.locator("main").ariaSnapshot())
                    .doesNotContain("half a"); // provisional words are not read out
            steno.hear(0, "half a sentence", true);
            assertThat(page.locator("body")).matchesAriaSnapshot("""
                    - banner:
                      - paragraph:
                        - status: Listening
                    - main:
                      - article "Recording":
                        - log "Transcript":
                          - paragraph: half a sentence
                    - contentinfo:
                      - meter "Microphone level"
                      - button "Stop"
                      - button "Pause"
                    """);
            page.keyboard().press("Shift+Enter");
            assertThat(page.getByRole(AriaRole.STATUS).first()).hasText("Paused");
            page.keyboard().press("Shift+Enter");
            assertThat(page.getByRole(AriaRole.STATUS).first()).hasText("Listening");
            page.keyboard().press("Enter"); // the focus is still on Stop
            steno.connection().awaitAction("stop");
            steno.connection().save("20241215_143022.txt");
            assertThat(page.getByRole(AriaRole.STATUS).first()).hasText("Saved");
            tabTo(page, "Copy text");
            page.keyboard().press("Enter");
            assertThat(page.getByRole(AriaRole.STATUS).getByText("Copied")).isVisible();
            tabTo(page, "Close");
            page.keyboard().press("Enter");
            assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Your recordings")))
                    .isVisible();
            page.locator(".yours .open").focus();
            page.keyboard().press("Enter");
            assertThat(steno.transcript()).containsText("half a sentence");
            assertThat(steno.problems()).isEmpty();
        }
    }

    /** By Tab only, and in not more steps than there are things on the page. */
    private static void tabTo(Page page, String name) {
        for (int steps = 0; steps < 30 && !name.equals(focused(page)); steps++) {
            page.keyboard().press("Tab");
        }
        assertThat(focused(page)).isEqualTo(name);
    }

    private static Object focused(Page page) {
        return page.evaluate("() => document.activeElement.textContent.trim()");
    }
}
