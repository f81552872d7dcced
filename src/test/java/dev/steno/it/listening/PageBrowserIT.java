package dev.steno.it.listening;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.steno.it.SharedSteno;
import dev.steno.testing.Browser;
import dev.steno.testing.Clip;
import dev.steno.testing.Microphone;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.WordErrorRate;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIf;

/** A person opens the page, presses Start, speaks, reads, presses Stop, and finds the file. */
@EnabledIf(value = "dev.steno.testing.Browser#isExpected", disabledReason = Browser.MISSING)
@DisabledIfSystemProperty(named = "steno.slim", matches = "true", disabledReason = SharedSteno.SLIM)
class PageBrowserIT {
    private static final LocatorAssertions.ContainsTextOptions PATIENT =
            new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);

    @Test
    void shows_and_stores_what_the_microphone_hears() throws Exception {
        Clip clip = Clip.shipped("weather.wav");
        StenoProcess steno = SharedSteno.listening();
        try (Browser browser = Browser.hearing(Microphone.file(clip.name()))) {
            Page page = browser.newPage();
            page.navigate(
                    "http://localhost:" + steno.base().getPort() + steno.base().getPath());
            page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("Start").setExact(true))
                    .click();
            Locator transcript = page.getByRole(AriaRole.LOG, new Page.GetByRoleOptions().setName("Transcript"));
            assertThat(transcript).containsText(Pattern.compile("\\w"), PATIENT);
            page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("Stop").setExact(true))
                    .click();
            Locator saved = page.getByText(Pattern.compile("Saved as")).locator("code");
            assertThat(saved).containsText(Pattern.compile("\\d{8}_\\d{6}\\.txt"), PATIENT);

            // What a screen reader reads: without the time beside each segment.
            String shown = String.join(
                    " ", transcript.locator("p > span:not([aria-hidden])").allInnerTexts());
            String stored = Files.readString(steno.archive().resolve(saved.innerText()));
            assertThat(WordErrorRate.of(clip.text(), shown).rate()).isLessThanOrEqualTo(0.3);
            assertThat(stored.strip().replaceAll("\\s+", " ")).isEqualTo(shown);
        }
    }
}
