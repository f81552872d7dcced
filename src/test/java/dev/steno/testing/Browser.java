package dev.steno.testing;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A real, headless Chromium that is installed on this machine, with a microphone that plays a file. Not safe for
 * several threads: everything belongs to the thread that opened it, also the handlers that a test registers.
 */
public final class Browser implements AutoCloseable {
    public static final String MISSING =
            "No Chromium: install it, or name it in the system property or environment variable CHROMIUM";

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");
    /** Chromium as well, but it draws no windows: a page takes a third of the processor time. */
    private static final String WITHOUT_WINDOWS = "chromium-headless-shell";

    private static final List<Path> USUAL_PLACES = List.of(
            Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
            Path.of("/Applications/Chromium.app/Contents/MacOS/Chromium"),
            Path.of("C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe"));
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox", // needed as root, as in a container; the pages are our own
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;

    private Browser(Path executable, List<String> arguments) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(arguments));
    }

    /**
     * Whether browser tests are to run: there is a Chromium, or the environment has CI=true and they fail without one.
     * Each class of them has
     * {@code @EnabledIf(value = "dev.steno.testing.Browser#isExpected", disabledReason = MISSING)}.
     */
    public static boolean isExpected() {
        return executable().isPresent() || "true".equals(System.getenv("CI"));
    }

    /**
     * @param speech a WAV file, played once, followed by silence
     */
    public static Browser hearing(Path speech) {
        return hearing(speech, NAMES);
    }

    /** The same for what happens inside of pages: without windows, where such a Chromium is installed. */
    public static Browser withoutWindows(Path speech) {
        return hearing(
                speech,
                Stream.concat(Stream.of(WITHOUT_WINDOWS), NAMES.stream()).toList());
    }

    private static Browser hearing(Path speech, List<String> names) {
        String capture = "--use-file-for-fake-audio-capture=" + speech.toAbsolutePath() + "%noloop";
        return new Browser(
                executable(names).orElseThrow(() -> new AssertionError(MISSING)),
                Stream.concat(ARGUMENTS.stream(), Stream.of(capture)).toList());
    }

    /** A page in a fresh profile, in which the microphone is allowed. */
    public Page newPage() {
        return newPage(new com.microsoft.playwright.Browser.NewContextOptions());
    }

    /** The same on another device, or for somebody with other preferences. */
    public Page newPage(com.microsoft.playwright.Browser.NewContextOptions options) {
        BrowserContext context = browser.newContext(options);
        context.grantPermissions(List.of("microphone", "clipboard-read", "clipboard-write"));
        return context.newPage();
    }

    /**
     * Ends a page and its profile. What the page does from here on is nobody's business: its requests go where no test
     * answers them. After each routed request Playwright asks the page for its routes, and fails when it is gone.
     */
    public static void close(Page page) {
        if (!page.isClosed()) {
            page.unrouteAll();
        }
        page.context().close();
    }

    /** Answers a request that a test held back, and waits until the page had the time to show the answer. */
    public static void answerLate(Page page, Route held, Consumer<Route> answer) {
        page.waitForResponse(held.request().url(), () -> answer.accept(held));
        page.evaluate("() => new Promise((shown) => requestAnimationFrame(() => setTimeout(shown)))");
    }

    @Override
    public void close() {
        playwright.close();
    }

    /** Where it is installed. */
    public static Optional<Path> executable() {
        return executable(NAMES);
    }

    private static Optional<Path> executable(List<String> names) {
        return candidates(names).filter(Files::isExecutable).findFirst();
    }

    private static Stream<Path> candidates(List<String> names) {
        Stream<Path> named = Stream.of(System.getProperty("CHROMIUM"), System.getenv("CHROMIUM"))
                .filter(Objects::nonNull)
                .filter(name -> !name.isBlank())
                .map(Path::of);
        List<String> folders = Arrays.stream(
                        Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator, -1))
                .filter(folder -> !folder.isBlank())
                .toList();
        Stream<Path> onPath = names.stream().flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)));
        return Stream.of(named, onPath, USUAL_PLACES.stream()).flatMap(paths -> paths);
    }
}
