package dev.steno.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketFrame;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.steno.testing.Browser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, against a server that says what the test tells it to say. */
@EnabledIf(value = "dev.steno.testing.Browser#isExpected", disabledReason = Browser.MISSING)
class ScriptedServerBrowserIT {
    private static final Path WEBAPP = Path.of("src/main/webapp");
    private static final String ROOT = "/steno/";
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'";
    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "html",
            "text/html",
            "js",
            "text/javascript",
            "css",
            "text/css",
            "svg",
            "image/svg+xml",
            "json",
            "application/json");

    @TempDir
    private static Path folder;

    private static Path info;
    private static Browser browser;
    private static HttpServer files;
    private static String address;

    private Page page;
    private WebSocketRoute socket;
    private final List<String> problems = new ArrayList<>();
    private final List<String> controls = new ArrayList<>();
    private final ByteArrayOutputStream audio = new ByteArrayOutputStream();
    private final List<Integer> frameSizes = new ArrayList<>();

    @BeforeAll
    static void open() throws IOException {
        info = Files.writeString(folder.resolve("info.json"), "{\"engine\":\"sphinx\"}");
        files = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        files.createContext(ROOT, ScriptedServerBrowserIT::serve);
        files.start();
        address = "localhost:" + files.getAddress().getPort() + ROOT;
        browser = Browser.hearing(tone(folder.resolve("tone.wav")));
    }

    @AfterAll
    static void close() {
        files.stop(0);
        if (browser != null) { // null when it could not be opened
            browser.close();
        }
    }

    @BeforeEach
    void openPage() {
        page = browser.newPage();
        page.onPageError(problems::add);
        page.onConsoleMessage(message -> problems.add(message.text() + " " + message.location()));
        page.routeWebSocket("ws://" + address + "ws", this::accept);
        page.navigate("http://" + address);
    }

    @AfterEach
    void nothing_went_wrong_in_the_page() {
        page.context().close();
        assertThat(problems).isEmpty();
    }

    @Test
    void shows_partial_words_then_final_ones_then_where_they_are_saved() {
        start();
        hear(0, "hello word", false);
        assertThat(page.locator(".partials")).containsText("hello word");
        assertThat(page.getByRole(AriaRole.LOG)).not().containsText("hello");
        hear(0, "hello world", true);
        assertThat(page.getByRole(AriaRole.LOG)).containsText("hello world");
        assertThat(page.locator(".partials")).isEmpty();
        button("Stop").click();
        awaitControl("stop");
        socket.send("{\"type\":\"saved\",\"s3_key\":\"20241215_143022.txt\"}");
        socket.close(new WebSocketRoute.CloseOptions().setCode(1000));
        assertThat(state("ended")).isVisible();
        assertThat(page.getByText("20241215_143022.txt")).isVisible();
        assertThat(page.getByRole(AriaRole.STATUS).first()).hasText("Saved");
    }

    @Test
    void a_final_stands_exactly_where_its_partial_stood() {
        start();
        hear(0, "hello world", false);
        double provisional = page.getByText("hello world").boundingBox().y;
        hear(0, "hello world", true);
        Locator settled = page.getByRole(AriaRole.LOG).getByText("hello world");
        assertThat(settled.boundingBox().y).isEqualTo(provisional);
    }

    @Test
    void sends_what_the_microphone_hears_in_frames_of_100_milliseconds() {
        start();
        page.waitForCondition(() -> audio.size() >= 48_000);
        button("Stop").click();
        awaitControl("stop");
        assertThat(frameSizes.subList(0, frameSizes.size() - 1)).containsOnly(3200);
        assertThat(frameSizes.get(frameSizes.size() - 1)).isBetween(2, 3200);
        assertThat(frequency(audio.toByteArray())).isBetween(430, 450);
        assertThat(page.getByRole(AriaRole.TIMER)).hasText("0:01");
    }

    @Test
    void pauses_and_goes_on() {
        start();
        button("Pause").click();
        awaitControl("pause");
        assertThat(state("paused")).isVisible();
        int sent = audio.size();
        button("Continue").click();
        page.waitForCondition(() -> audio.size() > sent);
        assertThat(controls).containsExactly("start", "pause");
    }

    @Test
    void says_what_to_do_when_the_server_is_busy() {
        start();
        socket.send("{\"type\":\"error\",\"code\":\"busy\",\"message\":\"Two of two are taken.\",\"fatal\":true}");
        socket.close(new WebSocketRoute.CloseOptions().setCode(1013));
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("The server is busy");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Two of two are taken.");
        assertThat(button("Start")).isEnabled();
    }

    @Test
    void says_what_to_do_when_the_microphone_is_blocked() {
        page.evaluate("() => { navigator.mediaDevices.getUserMedia ="
                + " () => Promise.reject(new DOMException('no', 'NotAllowedError')); }");
        button("Start").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("The microphone is blocked");
        assertThat(controls).isEmpty();
    }

    @Test
    void keeps_the_text_and_says_so_when_the_connection_is_lost() {
        start();
        hear(0, "hello", true);
        hear(1, "wor", false);
        socket.close(new WebSocketRoute.CloseOptions().setCode(4000));
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("The connection was lost");
        assertThat(page.getByRole(AriaRole.LOG)).containsText("wor");
        String file =
                page.waitForDownload(() -> button("Download .txt").click()).suggestedFilename();
        assertThat(file).isEqualTo("transcript.txt");
    }

    @Test
    void simple_client_html_leads_to_the_page() {
        page.navigate("http://" + address + "simple_client.html?from=test");
        page.waitForURL("http://" + address + "?from=test");
        assertThat(button("Start")).isVisible();
    }

    private void start() {
        button("Start").click();
        assertThat(state("recording")).isVisible();
    }

    private void hear(int segment, String text, boolean isFinal) {
        socket.send("{\"type\":\"transcript\",\"text\":\"%s\",\"is_final\":%s,\"segment\":%d,\"start\":0,\"end\":1}"
                .formatted(text, isFinal, segment));
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private Locator state(String name) {
        return page.locator("body[data-state=" + name + "]");
    }

    private void awaitControl(String action) {
        page.waitForCondition(() -> controls.contains(action));
    }

    private void accept(WebSocketRoute opened) {
        socket = opened;
        opened.onMessage(this::receive);
        opened.send("{\"type\":\"session\",\"session_id\":\"1\",\"engine\":\"sphinx\",\"language_code\":\"en-US\"}");
    }

    private void receive(WebSocketFrame frame) {
        if (frame.binary() == null) {
            controls.add(frame.text().replaceAll(".*\"action\":\"(\\w+)\".*", "$1"));
        } else {
            audio.writeBytes(frame.binary());
            frameSizes.add(frame.binary().length);
        }
    }

    private static void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String name = exchange.getRequestURI().getPath().substring(ROOT.length());
            Path file = name.equals("info") ? info : WEBAPP.resolve(name.isEmpty() ? "index.html" : name);
            String extension = file.toString().replaceAll(".*\\.", "");
            exchange.getResponseHeaders().set("Content-Type", MEDIA_TYPES.get(extension));
            exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
            exchange.sendResponseHeaders(200, Files.size(file));
            Files.copy(file, exchange.getResponseBody());
        }
    }

    /** 440 Hz at 48 kHz, for as long as a test may take. */
    private static Path tone(Path file) throws IOException {
        int rate = 48_000;
        byte[] pcm = new byte[rate * 2 * 60];
        for (int sample = 0; sample < pcm.length / 2; sample++) {
            int value = (int) (8000 * Math.sin(2 * Math.PI * 440 * sample / rate));
            pcm[2 * sample] = (byte) value;
            pcm[2 * sample + 1] = (byte) (value >> 8);
        }
        AudioFormat format = new AudioFormat(rate, 16, 1, true, false);
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(pcm), format, pcm.length / 2),
                AudioFileFormat.Type.WAVE,
                file.toFile());
        return file;
    }

    /** By counting upward zero crossings in the last second, when the automatic gain has settled. */
    private static int frequency(byte[] pcm) {
        int crossings = 0;
        for (int high = pcm.length - 32_000 + 1; high < pcm.length; high += 2) {
            crossings += pcm[high - 2] < 0 && pcm[high] >= 0 ? 1 : 0; // the sign is in the sample's second byte
        }
        return crossings;
    }
}
