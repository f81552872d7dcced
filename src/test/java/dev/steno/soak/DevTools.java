package dev.steno.soak;

import dev.steno.testing.Browser;
import dev.steno.testing.Wait;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Chromium as its users have it, driven by the <a href="https://chromedevtools.github.io/devtools-protocol/">DevTools
 * protocol</a> itself: Playwright lets each page believe that it is in front, so no page of its is ever hidden. One tab
 * is worked with. Not safe for several threads.
 */
final class DevTools implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonObject>> calls;
    private final AtomicInteger last = new AtomicInteger();
    private final String tab;

    private DevTools(Process process, URI endpoint) {
        this.process = process;
        Answers answers = new Answers();
        this.calls = answers.calls;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(endpoint, answers)
                .join();
        String target =
                call("", "Target.createTarget", object("url", "about:blank")).getString("targetId");
        this.tab = call(
                        "",
                        "Target.attachToTarget",
                        Json.createObjectBuilder().add("targetId", target).add("flatten", true))
                .getString("sessionId");
    }

    /**
     * @param profile a folder that does not exist yet
     */
    static DevTools open(Path profile) throws IOException {
        Process process = new ProcessBuilder(
                        Browser.executable()
                                .orElseThrow(() -> new AssertionError(Browser.MISSING))
                                .toString(),
                        "--headless=new",
                        "--no-sandbox", // needed as root, as in a container; the pages are our own
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Path address = profile.resolve("DevToolsActivePort"); // two lines: port, path
        Wait.until(PATIENCE, () -> "Chromium's " + address, () -> lines(address).size() > 1);
        List<String> lines = lines(address);
        return new DevTools(process, URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1)));
    }

    void navigate(String address) {
        call(tab, "Page.navigate", object("url", address));
    }

    /** The value of an expression, as text. */
    String evaluate(String expression) {
        return call(tab, "Runtime.evaluate", object("expression", "String(" + expression + ")"))
                .getJsonObject("result")
                .getString("value");
    }

    /** As a visitor does who clicks first, without which no page may play, and then uses the browser's own dialog. */
    void choose(String selector, Path file) {
        String input = call(
                        tab,
                        "Runtime.evaluate",
                        object("expression", "document.querySelector('" + selector + "')")
                                .add("userGesture", true))
                .getJsonObject("result")
                .getString("objectId");
        call(
                tab,
                "DOM.setFileInputFiles",
                object("objectId", input).add("files", Json.createArrayBuilder().add(file.toString())));
    }

    /** In front of the first. */
    void openAnotherTab() {
        String target =
                call("", "Target.createTarget", object("url", "about:blank")).getString("targetId");
        call("", "Target.activateTarget", object("targetId", target));
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    private JsonObject call(String session, String method, JsonObjectBuilder parameters) {
        int id = last.incrementAndGet();
        JsonObjectBuilder call =
                Json.createObjectBuilder().add("id", id).add("method", method).add("params", parameters);
        if (!session.isEmpty()) {
            call.add("sessionId", session);
        }
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        calls.put(id, answer);
        socket.sendText(call.build().toString(), true).join();
        JsonObject said =
                answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        if (said.containsKey("error")) {
            throw new AssertionError(method + ": " + said.get("error"));
        }
        return said.getJsonObject("result");
    }

    private static JsonObjectBuilder object(String name, String value) {
        return Json.createObjectBuilder().add(name, value);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives each answer to the call that waits for it; events are nobody's. */
    private static final class Answers implements WebSocket.Listener {
        private final Map<Integer, CompletableFuture<JsonObject>> calls = new ConcurrentHashMap<>();
        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                JsonObject said =
                        Json.createReader(new StringReader(message.toString())).readObject();
                message.setLength(0);
                if (said.containsKey("id")) {
                    calls.remove(said.getInt("id")).complete(said);
                }
            }
            webSocket.request(1);
            return null;
        }
    }
}
