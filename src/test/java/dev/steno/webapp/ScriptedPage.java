package dev.steno.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketFrame;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.AriaRole;
import dev.steno.testing.Browser;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** The page in a browser, whose connections are answered as the test says; all of it belongs to the test's thread. */
final class ScriptedPage implements AutoCloseable {
    static final String SESSION =
            "{\"type\":\"session\",\"session_id\":\"1\",\"engine\":\"sphinx\",\"language_code\":\"en-US\"";

    private final Page page;
    private final List<String> problems = new ArrayList<>();
    private final List<Connection> connections = new ArrayList<>();
    /** What the next connections are greeted with; the last one also greets all that follow. */
    private final List<String> greetings = new ArrayList<>();

    ScriptedPage(Browser browser, ScriptedServer server, String path) {
        this(browser.newPage(), server, path);
    }

    ScriptedPage(Page page, ScriptedServer server, String path) {
        this.page = page;
        page.onPageError(problems::add);
        page.onConsoleMessage(message -> problems.add(message.text() + " " + message.location()));
        page.routeWebSocket(url -> url.contains("/ws"), this::accept);
        greetWith(SESSION + ",\"resume_token\":\"first\"}");
        page.navigate("http://" + server.address() + path);
    }

    Page page() {
        return page;
    }

    /** What the page complained of: exceptions, and whatever it wrote to the console. */
    List<String> problems() {
        return problems;
    }

    void greetWith(String... messages) {
        greetings.clear();
        greetings.addAll(List.of(messages));
    }

    List<Connection> connections() {
        return connections;
    }

    Connection connection() {
        return connections.get(connections.size() - 1);
    }

    /** Waits until the page has connected so many times in all. */
    Connection awaitConnection(int number) {
        page.waitForCondition(() -> connections.size() >= number);
        return connections.get(number - 1);
    }

    void start() {
        button("Start").click();
        assertThat(state("recording")).isVisible();
    }

    void hear(int segment, String text, boolean isFinal) {
        connection().hear(segment, text, isFinal);
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator state(String name) {
        return page.locator("body[data-state=" + name + "]");
    }

    Locator transcript() {
        return page.getByRole(AriaRole.LOG);
    }

    /** All that was told and not put away yet; several things may be told at a time. */
    Locator alert() {
        return page.locator("#notices");
    }

    @Override
    public void close() {
        Browser.close(page);
    }

    private void accept(WebSocketRoute route) {
        Connection opened = new Connection(route, page);
        connections.add(opened);
        opened.send(greetings.size() > 1 ? greetings.remove(0) : greetings.get(0));
    }

    /** One connection of the page, as the server sees it. */
    static final class Connection {
        private final WebSocketRoute route;
        private final Page page;
        private final List<String> texts = new ArrayList<>();
        private final ByteArrayOutputStream audio = new ByteArrayOutputStream();
        private final List<Integer> frameSizes = new ArrayList<>();

        private Connection(WebSocketRoute route, Page page) {
            this.route = route;
            this.page = page;
            route.onMessage(this::receive);
        }

        String url() {
            return route.url();
        }

        List<String> texts() {
            return texts;
        }

        List<String> actions() {
            return texts.stream()
                    .map(text -> text.replaceAll(".*\"action\":\"(\\w+)\".*", "$1"))
                    .toList();
        }

        byte[] audio() {
            return audio.toByteArray();
        }

        List<Integer> frameSizes() {
            return frameSizes;
        }

        void send(String message) {
            route.send(message);
        }

        void progress() {
            send("{\"type\":\"progress\",\"received_bytes\":%d}".formatted(audio.size()));
        }

        void hear(int segment, String text, boolean isFinal) {
            send("{\"type\":\"transcript\",\"text\":\"%s\",\"is_final\":%s,\"segment\":%d,\"start\":%d,\"end\":%d}"
                    .formatted(text, isFinal, segment, segment, segment + 1));
        }

        void fail(String code, String message, int closeCode) {
            send("{\"type\":\"error\",\"code\":\"%s\",\"message\":\"%s\",\"fatal\":true}".formatted(code, message));
            close(closeCode);
        }

        void save(String key) {
            send("{\"type\":\"saved\",\"s3_key\":\"%s\",\"session_id\":\"1\",\"duration\":2}".formatted(key));
            close(1000);
        }

        void close(int code) {
            route.close(new WebSocketRoute.CloseOptions().setCode(code));
        }

        void awaitAction(String action) {
            page.waitForCondition(() -> actions().contains(action));
        }

        void awaitAudio(int bytes) {
            page.waitForCondition(() -> audio.size() >= bytes);
        }

        private void receive(WebSocketFrame frame) {
            if (frame.binary() == null) {
                texts.add(frame.text());
            } else {
                audio.writeBytes(frame.binary());
                frameSizes.add(frame.binary().length);
            }
        }
    }
}
