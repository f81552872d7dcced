package dev.steno.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.steno.testing.Browser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The recorder's way to share what runs. */
@EnabledIf(value = "dev.steno.testing.Browser#isExpected", disabledReason = Browser.MISSING)
class ShareBrowserIT {
    private static final String URL = "https://captions.example/live/7kQZ0m3G1tWw0i0sYt3bPA";

    @TempDir
    private Path folder;

    @Test
    void shares_with_link_and_code_and_ends_it() throws IOException {
        try (ScriptedServer server = new ScriptedServer();
                Browser browser = Browser.withoutWindows(Tone.write(folder.resolve("tone.wav"), 440, 20));
                ScriptedPage steno = new ScriptedPage(browser, server, "")) {
            assertThat(steno.button("Share")).isHidden();
            steno.start();
            steno.button("Share").click();
            Locator dialog = steno.page().getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Share"));
            dialog.getByLabel("Room").fill("sunday");
            assertThat(Axe.findings(steno.page())).isEmpty();
            dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Make a link"))
                    .click();
            steno.connection().awaitAction("share");
            assertThat(steno.connection().texts()).anyMatch(text -> text.contains("\"room\":\"sunday\""));

            steno.connection().send("{\"type\":\"share\",\"url\":\"" + URL + "\"}");
            steno.connection().send("{\"type\":\"viewers\",\"count\":2}");
            assertThat(dialog.getByLabel("Link", new Locator.GetByLabelOptions().setExact(true)))
                    .hasValue(URL);
            assertThat(dialog.getByText("2 people read along")).isVisible();
            assertThat(dialog.locator("path")).hasAttribute("d", Pattern.compile("M4 4h1v1h-1z.*"));
            assertThat(Axe.findings(steno.page())).isEmpty();
            String pictures = System.getProperty("steno.pictures");
            if (pictures != null) {
                steno.page().screenshot(new Page.ScreenshotOptions().setPath(Path.of(pictures, "share.png")));
            }
            dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Stop sharing"))
                    .click();
            steno.connection().awaitAction("unshare");
            assertThat(dialog.getByLabel("Room")).isVisible();
        }
    }
}
