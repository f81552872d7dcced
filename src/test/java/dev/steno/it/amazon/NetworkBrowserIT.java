package dev.steno.it.amazon;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.steno.it.AmazonStandIns;
import dev.steno.it.SharedSteno;
import dev.steno.testing.Browser;
import dev.steno.testing.CutProxy;
import dev.steno.testing.Microphone;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.Wait;
import dev.steno.testing.transcribe.CoveredAudio;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The page and the server with a bad network between them: Chromium, its microphone, and a proxy that cuts. */
@EnabledIf(value = "dev.steno.testing.Browser#isExpected", disabledReason = Browser.MISSING)
class NetworkBrowserIT {
    /** A few: {@code -Dsteno.cuts=100} goes the long way. */
    private static final int CUTS = Integer.getInteger("steno.cuts", 10);

    private static final double PATIENCE_MILLIS = 120_000;

    /**
     * Keeps what the page sends, by its position in the recording, whatever connection it goes over, and what happens
     * to each.
     */
    private static final String TAP = """
            window.sent = [];
            window.changed = 0;
            window.trace = [];
            let connections = 0;
            const Original = WebSocket;
            window.WebSocket = class extends Original {
              #position = 0;
              constructor(...to) {
                super(...to);
                const number = ++connections;
                const note = (what) => trace.push(`${Math.round(performance.now())} #${number} ${what}`);
                note(String(to[0]).replace(/.*ws/, ""));
                this.addEventListener("close", ({ code, reason }) => note(`closed ${code} ${reason}`));
                this.addEventListener("message", ({ data }) => {
                  const message = JSON.parse(data);
                  if (!["transcript", "progress"].includes(message.type)) note(data);
                  if (message.resumed) this.#position = message.received_bytes;
                });
              }
              send(data) {
                super.send(data);
                if (typeof data === "string") return;
                for (const byte of new Uint8Array(data)) {
                  if (this.#position < sent.length && sent[this.#position] !== byte) changed++;
                  sent[this.#position++] = byte;
                }
              }
            };
            window.sentAsBase64 = () => {
              let text = "";
              for (let i = 0; i < sent.length; i += 8192) text += String.fromCharCode(...sent.slice(i, i + 8192));
              return btoa(text);
            };
            """;

    private final Random random = new Random(20261123);

    /** Its server keeps transcripts in a folder. */
    private static final AmazonStandIns AMAZON = new AmazonStandIns();

    @TempDir
    private static Path folder;

    private static StenoProcess steno;

    @BeforeAll
    static void start() {
        steno = StenoProcess.start(folder, AMAZON.inFolder()).awaitOk("healthz/ready");
    }

    @AfterAll
    static void close() {
        steno.close();
        AMAZON.close();
    }

    @Test
    void no_byte_is_lost_or_sent_twice_through_a_long_cut_many_short_ones_and_one_before_saved() throws Exception {
        try (CutProxy network = new CutProxy(steno.base());
                Browser browser = Browser.hearing(Microphone.file("sentences.wav"))) {
            Page page = open(browser, network);
            page.addInitScript(TAP);
            page.reload();
            button(page, "Start").click();
            long start = System.nanoTime();
            awaitSent(page, 100_000);
            network.down();
            page.waitForTimeout(10_000);
            network.up();
            for (int cut = 0; cut < CUTS; cut++) {
                page.waitForTimeout(100 + random.nextInt(900));
                network.cut();
            }
            page.waitForTimeout(1_000);
            double seconds = (System.nanoTime() - start) / 1e9;
            button(page, "Stop").click();
            network.cut();
            assertThat(page.locator(".recording").count())
                    .as("recordings; %s", page.evaluate("trace.slice(-400).join('\\n')"))
                    .isEqualTo(1);
            String key = saved(page);

            byte[] sent = Base64.getDecoder().decode((String) page.evaluate("sentAsBase64()"));
            assertThat(page.evaluate("changed")).isEqualTo(0);
            assertThat(sent.length / 32_000.0).isEqualTo(seconds, within(3.0));
            List<String> lines = Files.readAllLines(steno.archive().resolve(key));
            CoveredAudio.assertCoveredBy(lines, sent);
            assertThat(AMAZON.transcribe().awaitNoStream()).isTrue();
        }
    }

    /**
     * That server takes 5 s ahead of real time, so the page keeps 4: an outage of 8 s is as one of 80 s with the usual
     * 45 s.
     */
    @Test
    void an_outage_that_is_longer_than_what_is_kept_loses_only_what_is_told() {
        try (CutProxy network = new CutProxy(SharedSteno.onAmazon().base());
                Browser browser = Browser.hearing(Microphone.file("sentences.wav"))) {
            Page page = open(browser, network);
            page.addInitScript(TAP);
            page.reload();
            button(page, "Start").click();
            awaitSent(page, 64_000);
            network.down();
            assertThat(page.getByText("Only the last"))
                    .containsText(Pattern.compile("Only the last [34] s of what you say are kept"), patientText());
            page.waitForTimeout(4_000);
            network.up();
            assertThat(page.locator("body[data-link=up]")).isVisible(patiently());
            page.waitForTimeout(2_000); // as long as the server may find that it came too fast
            assertThat(page.locator("[data-code=too_fast]")).hasCount(0);
            assertThat(page.locator(".mark").last()).containsText("s are missing here");
            button(page, "Stop").click();
            saved(page);
            assertThat(page.locator(".recording")).hasCount(1);
        }
    }

    @Test
    void goes_on_in_the_same_recording_after_the_server_was_killed_and_started_again() throws Exception {
        int before = transcripts().size();
        try (CutProxy network = new CutProxy(steno.base());
                Browser browser = Browser.hearing(Microphone.file("sentences.wav"))) {
            Page page = open(browser, network);
            button(page, "Start").click();
            Locator first = page.locator(".recording").first();
            assertThat(first.locator("[role=log] p")).not().hasCount(0, patience());
            String shown = first.locator("p > span:not([aria-hidden])").first().innerText();
            steno.kill();
            steno = steno.again().awaitOk("healthz/ready");
            assertThat(page.locator("body"))
                    .hasAttribute(
                            "data-link", "up", new LocatorAssertions.HasAttributeOptions().setTimeout(PATIENCE_MILLIS));
            assertThat(page.locator("[data-code=restarted]"))
                    .containsText(Pattern.compile("The server was restarted.*Nothing was lost", Pattern.DOTALL));
            button(page, "Stop").click();
            Wait.until(
                    Duration.ofMinutes(1), () -> "\"" + shown + "\" in " + transcripts(), () -> transcripts().stream()
                            .anyMatch(text -> text.startsWith(shown)));
            assertThat(page.locator(".recording")).hasCount(1);
            assertThat(transcripts()).hasSize(before + 1);
        }
    }

    private static List<String> transcripts() {
        try (Stream<Path> files = Files.list(steno.archive())) {
            List<String> texts = new ArrayList<>();
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".txt")).toList()) {
                texts.add(Files.readString(file));
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Page open(Browser browser, CutProxy network) {
        Page page = browser.newPage();
        page.navigate("http://localhost:" + network.address().getPort()
                + network.address().getPath());
        return page;
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static void awaitSent(Page page, int bytes) {
        page.waitForFunction(
                "wanted => sent.length > wanted", bytes, new Page.WaitForFunctionOptions().setTimeout(PATIENCE_MILLIS));
    }

    private static String saved(Page page) {
        Locator key = page.getByText(Pattern.compile("Saved as")).locator("code");
        assertThat(key)
                .containsText(
                        Pattern.compile("\\d{8}_\\d{6}\\.txt"),
                        new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
        return key.innerText();
    }

    private static LocatorAssertions.ContainsTextOptions patientText() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MILLIS);
    }

    private static LocatorAssertions.IsVisibleOptions patiently() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MILLIS);
    }

    private static LocatorAssertions.HasCountOptions patience() {
        return new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MILLIS);
    }
}
