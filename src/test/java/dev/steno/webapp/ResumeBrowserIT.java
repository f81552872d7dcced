package dev.steno.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.steno.testing.Browser;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page when its connection fails, against a server that says what the test tells it to say. */
@EnabledIf(value = "dev.steno.testing.Browser#isExpected", disabledReason = Browser.MISSING)
class ResumeBrowserIT {
    private static final int CUT = 4000;

    @RegisterExtension
    static final ScriptedBrowser chromium = new ScriptedBrowser();

    private ScriptedPage steno;
    private Page page;

    @BeforeEach
    void openPage() {
        steno = chromium.open(ScriptedServer.SPHINX);
        page = steno.page();
    }

    @Test
    void a_cut_is_resumed_without_a_missing_byte_or_a_word_twice() {
        steno.greetWith(ScriptedPage.SESSION + ",\"resume_token\":\"first\"}", resumed(16_000, "second"));
        steno.start();
        steno.hear(0, "one", true);
        ScriptedPage.Connection before = steno.connection();
        before.awaitAudio(32_000);
        before.close(CUT);
        ScriptedPage.Connection after = steno.awaitConnection(2);
        assertThat(after.url()).endsWith("/ws?resume=first&segments=1&from=0");
        after.awaitAudio(32_000);
        byte[] again = Arrays.copyOf(after.audio(), 16_000);
        assertThat(again).isEqualTo(Arrays.copyOfRange(before.audio(), 16_000, 32_000));
        after.hear(0, "one", true);
        after.hear(1, "two", true);
        assertThat(steno.transcript().locator("p")).hasText(new String[] {"0:00one", "0:01two"});
        assertThat(steno.state("recording")).isVisible();
        assertThat(page.locator("#notices")).isEmpty();
    }

    @Test
    void a_lost_connection_is_shown_until_it_is_back() {
        steno.start();
        steno.greetWith(""); // nobody answers
        steno.connection().close(CUT);
        assertThat(page.getByText("The connection is lost.")).isVisible();
        assertThat(page.locator("#status")).hasText("The connection is lost; what you say is kept");
        steno.awaitConnection(2);
        steno.greetWith(resumed(0, "second"));
        steno.connection().close(CUT);
        assertThat(page.getByText("The connection is lost.")).isHidden();
        assertThat(page.locator("#status")).hasText("Connected again");
    }

    @Test
    void a_connection_that_is_dead_without_a_word_is_noticed_by_missing_progress() {
        steno.start();
        steno.connection().progress();
        steno.greetWith(resumed(0, "second"));
        page.waitForCondition(
                () -> steno.connections().size() == 2, new Page.WaitForConditionOptions().setTimeout(15_000));
        assertThat(steno.connection().url()).contains("resume=first");
    }

    @Test
    void a_restarted_server_goes_on_in_the_same_recording_and_loses_nothing() {
        steno.start();
        steno.hear(0, "one", true);
        ScriptedPage.Connection before = steno.connection();
        before.awaitAudio(32_000);
        before.send("{\"type\":\"progress\",\"received_bytes\":32000,\"settled_bytes\":9600}");
        steno.greetWith(resumed(9_600, "second"));
        before.close(1012);
        ScriptedPage.Connection after = steno.awaitConnection(2);
        assertThat(after.url()).endsWith("/ws?resume=first&segments=1&from=9600");
        after.awaitAudio(32_000);
        assertThat(Arrays.copyOf(after.audio(), 22_400)).isEqualTo(Arrays.copyOfRange(before.audio(), 9_600, 32_000));
        after.hear(1, "two", true);
        assertThat(steno.alert()).containsText("The server was restarted");
        assertThat(steno.alert()).containsText("Nothing was lost.");
        assertThat(page.locator(".recording")).hasCount(1);
        assertThat(steno.transcript().locator("p")).hasText(new String[] {"0:00one", "0:01two"});
    }

    /** All that had arrived was settled when the server died, so its position says nothing. */
    @Test
    void a_server_that_died_in_a_silence_is_told_too() {
        steno.start();
        steno.hear(0, "one", true);
        ScriptedPage.Connection before = steno.connection();
        before.awaitAudio(32_000);
        before.send("{\"type\":\"progress\",\"received_bytes\":32000,\"settled_bytes\":32000}");
        steno.greetWith(resumed(32_000, "second").replace("}", ",\"restored\":true}"));
        before.close(1001);
        steno.awaitConnection(2);
        assertThat(steno.alert()).containsText("The server was restarted");
        assertThat(page.locator(".recording")).hasCount(1);
    }

    @Test
    void an_error_that_ends_the_recording_closes_the_microphone_at_once() {
        steno.start();
        steno.connection().awaitAudio(6_400);
        steno.connection().send("{\"type\":\"error\",\"code\":\"too_fast\",\"message\":\"Too fast.\",\"fatal\":true}");
        assertThat(steno.state("stopping")).isVisible();
        int bytes = steno.connection().audio().length;
        page.waitForTimeout(500); // five frames, if it still listened
        assertThat(steno.connection().audio()).hasSizeLessThanOrEqualTo(bytes + 3_200);
        steno.connection().close(1008);
        assertThat(steno.state("ended")).isVisible();
    }

    @Test
    void an_expired_recording_is_followed_by_a_new_one() {
        steno.start();
        steno.hear(0, "before", true);
        steno.connection().awaitAudio(6_400);
        steno.greetWith(
                "{\"type\":\"error\",\"code\":\"session_expired\",\"message\":\"It is over.\",\"fatal\":true}",
                ScriptedPage.SESSION + ",\"resume_token\":\"other\"}");
        steno.connection().close(CUT);
        ScriptedPage.Connection fresh = steno.awaitConnection(3);
        assertThat(fresh.url()).doesNotContain("resume");
        fresh.awaitAudio(6_400);
        assertThat(fresh.actions()).containsExactly("start");
        assertThat(Arrays.copyOf(fresh.audio(), 6_400))
                .isEqualTo(Arrays.copyOf(steno.connections().get(0).audio(), 6_400));
        fresh.hear(0, "after", true);
        assertThat(page.locator(".recording")).hasCount(2);
        assertThat(page.locator(".recording").last()).containsText("after");
        assertThat(steno.alert()).containsText("A new recording has begun");
        assertThat(steno.state("recording")).isVisible();
    }

    @Test
    void another_holder_ends_the_recording_here() {
        steno.start();
        steno.connection().fail("session_expired", "Another client took over.", 1008);
        assertThat(steno.alert()).containsText("Another client took over.");
        assertThat(steno.state("ended")).isVisible();
        assertThat(steno.connections()).hasSize(1);
    }

    @Test
    void a_cut_between_stop_and_saved_costs_nothing() {
        steno.start();
        steno.connection().awaitAudio(6_400);
        steno.button("Stop").click();
        steno.connection().awaitAction("stop");
        int bytes = steno.connection().audio().length;
        steno.greetWith(resumed(bytes, "second"));
        steno.connection().close(CUT);
        ScriptedPage.Connection after = steno.awaitConnection(2);
        after.awaitAction("stop");
        assertThat(after.audio()).isEmpty();
        after.hear(0, "the last words", true);
        after.save("20241215_143022.txt");
        assertThat(page.getByText("20241215_143022.txt"))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(5_000));
        assertThat(steno.transcript()).containsText("the last words");
        assertThat(page.locator("#notices")).isEmpty();
    }

    private static String resumed(int received, String token) {
        return ScriptedPage.SESSION
                + ",\"resumed\":true,\"received_bytes\":%d,\"resume_token\":\"%s\"}".formatted(received, token);
    }
}
