package dev.steno.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.steno.testing.Browser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Gives a test class a Chromium that hears a tone, a scripted server, and pages of it. The browser and the server are
 * the same for all classes and end with the last of them. After each test its pages are closed, and none may have
 * complained of anything.
 */
final class ScriptedBrowser implements BeforeAllCallback, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(ScriptedBrowser.class);
    private static final int TONE_SECONDS = 600;

    private Shared shared;
    private ScriptedPage open;

    @Override
    public void beforeAll(ExtensionContext context) {
        shared = context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(Shared.class);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (open != null) {
            ScriptedPage last = open;
            open = null;
            List<String> problems = List.copyOf(last.problems());
            last.close();
            assertThat(problems).as("what the page complained of").isEmpty();
        }
    }

    ScriptedServer server() {
        return shared.server;
    }

    /** For files that tests write. */
    Path folder() {
        return shared.folder;
    }

    /** A page in a fresh profile, not yet anywhere. */
    Page newPage() {
        return shared.browser.newPage();
    }

    Page newPage(com.microsoft.playwright.Browser.NewContextOptions options) {
        return shared.browser.newPage(options);
    }

    /** Opens the page of a server that tells this of itself. A page that the test opened before is closed. */
    ScriptedPage open(String info) {
        return open(info, newPage(), "");
    }

    /** @param query as {@code ?start} */
    ScriptedPage open(String info, Page fresh, String query) {
        shared.server.info(info);
        return open(fresh, shared.server, query);
    }

    /** Opens the page of a server that the test has for itself. */
    ScriptedPage openAt(ScriptedServer other) {
        return open(newPage(), other, "");
    }

    private ScriptedPage open(Page fresh, ScriptedServer server, String query) {
        if (open != null) {
            open.close();
        }
        open = new ScriptedPage(fresh, server, query);
        return open;
    }

    /** Made by its first user, closed by JUnit. */
    private static final class Shared implements ExtensionContext.Store.CloseableResource {
        private final Path folder;
        private final ScriptedServer server;
        private final Browser browser;

        @SuppressWarnings("unused") // JUnit makes it
        Shared() {
            try {
                folder = Files.createTempDirectory("steno-page");
                server = new ScriptedServer();
                browser = Browser.withoutWindows(Tone.write(folder.resolve("tone.wav"), 440, TONE_SECONDS));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            browser.close();
            server.close();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
