package dev.steno.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Contrast;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.ViewportSize;
import dev.steno.testing.Browser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every state of the page on every kind of screen: nobody is kept out, nothing sticks out at the side. What it looks
 * like is in target/pictures afterwards.
 */
@EnabledIf(value = "dev.steno.testing.Browser#isExpected", disabledReason = Browser.MISSING)
class PageStatesBrowserIT {
    private static final Path PICTURES = Path.of("target/pictures");

    private static final Map<String, NewContextOptions> SCREENS = Map.of(
            "light", screen(1280, 800),
            "dark", screen(1280, 800).setColorScheme(ColorScheme.DARK),
            "contrast", screen(1280, 800).setContrast(Contrast.MORE),
            "forced", screen(1280, 800).setForcedColors(ForcedColors.ACTIVE),
            "phone", screen(390, 780).setHasTouch(true).setIsMobile(true),
            "narrow", screen(320, 640),
            "zoomed", screen(320, 256), // 1280 x 1024 at 400 %
            "sideways", screen(780, 360).setHasTouch(true).setIsMobile(true),
            "arabic", screen(1280, 800).setLocale("ar"),
            "wide", screen(1920, 1080));

    private static final Map<String, Consumer<ScriptedPage>> STATES = Map.ofEntries(
            Map.entry(
                    "idle",
                    steno -> assertThat(steno.page().locator("#engine")).not().isEmpty()),
            Map.entry("recording", PageStatesBrowserIT::record),
            Map.entry("speakers", PageStatesBrowserIT::speakers),
            Map.entry("large", PageStatesBrowserIT::large),
            Map.entry("saved", PageStatesBrowserIT::saved),
            Map.entry("blocked", PageStatesBrowserIT::blocked),
            Map.entry("lost", PageStatesBrowserIT::lost),
            Map.entry("file", PageStatesBrowserIT::file),
            Map.entry("help", PageStatesBrowserIT::help),
            Map.entry("paused", PageStatesBrowserIT::paused),
            Map.entry("notices", PageStatesBrowserIT::notices),
            Map.entry("list", PageStatesBrowserIT::list),
            Map.entry("look", PageStatesBrowserIT::look),
            Map.entry("sign-in", steno -> assertThat(steno.page().getByLabel("Token"))
                    .isVisible()));

    /** States that are looked at on the smallest screens, too. */
    private static final List<String> SMALL = List.of("idle", "recording", "large", "saved", "look");

    /** They have in common what cannot be changed once a page is open. */
    private static final List<String> MOBILE = List.of("phone", "sideways");

    @RegisterExtension
    static final ScriptedBrowser chromium = new ScriptedBrowser();

    private static Path longFile;

    @BeforeAll
    static void write() throws IOException {
        longFile = Tone.write(chromium.folder().resolve("interview with the gardener.wav"), 440, 90);
    }

    /** Each state, with all the screens that one page can be shown on: bringing a page into its state takes longest. */
    static Stream<Arguments> statesAndScreens() {
        Stream<Arguments> all = STATES.keySet().stream().sorted().map(state -> Arguments.of(state, onDesktop(state)));
        Stream<Arguments> narrow = Stream.of("idle", "speakers").map(state -> Arguments.of(state, List.of("narrow")));
        Stream<Arguments> mobile = STATES.keySet().stream().sorted().map(state -> Arguments.of(state, onPhone(state)));
        Stream<Arguments> rightToLeft = Stream.of("idle", "help").map(state -> Arguments.of(state, List.of("arabic")));
        return Stream.of(all, narrow, mobile, rightToLeft)
                .flatMap(arguments -> arguments)
                .flatMap(PageStatesBrowserIT::apart);
    }

    /** What fills the screen does not change its size. */
    private static Stream<Arguments> apart(Arguments arguments) {
        Object state = arguments.get()[0];
        List<?> screens = (List<?>) arguments.get()[1];
        return state.equals("large")
                ? screens.stream().map(screen -> Arguments.of(state, List.of(screen)))
                : Stream.of(arguments);
    }

    private static List<String> onDesktop(String state) {
        List<String> screens = new ArrayList<>(List.of("light", "dark"));
        if (List.of("idle", "speakers").contains(state)) {
            screens.addAll(List.of("contrast", "forced", "wide"));
        }
        if (SMALL.contains(state)) {
            screens.add("zoomed");
        }
        return screens;
    }

    private static List<String> onPhone(String state) {
        return SMALL.contains(state) ? MOBILE : List.of("phone");
    }

    @ParameterizedTest
    @MethodSource("statesAndScreens")
    void keeps_nobody_out(String state, List<String> screens) {
        String first = screens.get(0);
        ScriptedPage steno = chromium.open(info(state, first), chromium.newPage(SCREENS.get(first)), "");
        STATES.get(state).accept(steno);
        SoftAssertions all = new SoftAssertions();
        for (String screen : screens) {
            show(steno.page(), SCREENS.get(screen));
            steno.page()
                    .screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(state + "-" + screen + ".png")));
            all.assertThat(Axe.findings(steno.page())).as(screen).isEmpty();
            all.assertThat(steno.page()
                            .evaluate("() => Math.max(0, document.body.scrollWidth - document.body.clientWidth)"))
                    .as("what sticks out at the side: " + screen)
                    .isEqualTo(0);
        }
        all.assertAll();
    }

    private static void show(Page page, NewContextOptions screen) {
        ViewportSize wanted = screen.viewportSize.get();
        if (page.viewportSize().width != wanted.width || page.viewportSize().height != wanted.height) {
            page.setViewportSize(wanted.width, wanted.height);
        }
        page.emulateMedia(new Page.EmulateMediaOptions()
                .setColorScheme(screen.colorScheme == null ? ColorScheme.LIGHT : screen.colorScheme.get())
                .setContrast(screen.contrast == null ? Contrast.NO_PREFERENCE : screen.contrast.get())
                .setForcedColors(screen.forcedColors == null ? ForcedColors.NONE : screen.forcedColors.get())
                .setReducedMotion(ReducedMotion.REDUCE));
    }

    private static String info(String state, String screen) {
        if (state.equals("sign-in")) {
            return ScriptedServer.SIGNED_OUT;
        }
        return state.equals("speakers") || screen.equals("narrow") ? ScriptedServer.AMAZON : ScriptedServer.SPHINX;
    }

    private static NewContextOptions screen(int width, int height) {
        return new NewContextOptions().setViewportSize(width, height).setReducedMotion(ReducedMotion.REDUCE);
    }

    private static void record(ScriptedPage steno) {
        steno.start();
        steno.hear(0, "Good morning, and welcome to the garden show.", true);
        steno.hear(
                4,
                "Today we talk about roses: when to cut them, how deep, and what to do about the frost that came so early.",
                true);
        steno.hear(12, "Most people cut them too late, and then they", false);
        assertThat(steno.page().locator(".partials p")).isVisible();
    }

    private static void speakers(ScriptedPage steno) {
        steno.greetWith(
                "{\"type\":\"session\",\"session_id\":\"1\",\"engine\":\"amazon-transcribe\",\"language_code\":\"en-US\"}");
        steno.start();
        steno.connection().send(segment(0, 0.99, "When do you cut your roses?", "1-spk_0"));
        steno.connection().send(segment(1, 0.7, "In March, when the forsythia is in flower.", "1-spk_1"));
        steno.connection().send(segment(2, 0.4, "Not in autumn?", "1-spk_0"));
        steno.hear(3, "In autumn I only take away what is", false);
        steno.button("Unsure words").click();
    }

    private static void large(ScriptedPage steno) {
        record(steno);
        steno.button("Full screen").click();
        assertThat(steno.page().locator("body[data-view=large]")).isVisible();
    }

    private static void saved(ScriptedPage steno) {
        record(steno);
        steno.button("Stop").click();
        steno.connection().awaitAction("stop");
        steno.connection().save("team/20241215_143022.txt");
        assertThat(steno.state("ended")).isVisible();
    }

    private static void paused(ScriptedPage steno) {
        record(steno);
        steno.button("Pause").click();
        assertThat(steno.state("paused")).isVisible();
    }

    private static void notices(ScriptedPage steno) {
        record(steno);
        steno.connection().send("{\"type\":\"status\",\"state\":\"streaming\",\"dropped_from\":1,\"dropped_to\":3.5}");
        steno.connection()
                .send("{\"type\":\"error\",\"code\":\"storage_failed\",\"message\":\"Full.\",\"fatal\":false}");
        assertThat(steno.alert()).containsText("cannot write");
    }

    private static void list(ScriptedPage steno) {
        saved(steno);
        steno.button("Close").click();
        assertThat(steno.page().getByText("Your recordings")).isVisible();
    }

    private static void look(ScriptedPage steno) {
        record(steno);
        steno.button("Captions").click();
        assertThat(steno.page().getByLabel("Colours")).isVisible();
        steno.page().getByLabel("Colours").selectOption("yellow-on-blue");
    }

    private static void blocked(ScriptedPage steno) {
        steno.page()
                .evaluate("() => { navigator.mediaDevices.getUserMedia ="
                        + " () => Promise.reject(new DOMException('no', 'NotAllowedError')); }");
        steno.button("Start").click();
        assertThat(steno.alert()).isVisible();
    }

    private static void lost(ScriptedPage steno) {
        record(steno);
        steno.greetWith(""); // nobody answers
        steno.connection().close(4000);
        assertThat(steno.page().getByText("The connection is lost.")).isVisible();
    }

    private static void file(ScriptedPage steno) {
        steno.page().locator("#chooser").setInputFiles(longFile);
        steno.awaitConnection(1).awaitAudio(320_000);
        steno.hear(0, "Good morning, and welcome to the garden show.", true);
        steno.hear(36, "Most people cut them too late, and then they", false);
        assertThat(steno.page().getByLabel("Transcribed")).isVisible();
    }

    private static void help(ScriptedPage steno) {
        steno.page().locator("#open-help").click();
        assertThat(steno.page().getByRole(AriaRole.DIALOG)).isVisible();
    }

    private static String segment(int number, double confidence, String text, String speaker) {
        StringBuilder words = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            words.append(words.isEmpty() ? "" : ",")
                    .append("{\"text\":\"%s\",\"start\":0,\"end\":1,\"confidence\":%s,\"speaker\":\"%s\"}"
                            .formatted(word, word.length() > 6 ? confidence : 0.95, speaker));
        }
        return "{\"type\":\"transcript\",\"text\":\"%s\",\"is_final\":true,\"segment\":%d,\"start\":%d,\"end\":%d,\"words\":[%s]}"
                .formatted(text, number, number * 3, number * 3 + 2, words);
    }
}
