package dev.steno.webapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.steno.testing.JavaScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the unit tests of the page's modules, src/test/js/*.test.js, without a browser: each function that such a file
 * exports is a test.
 */
class PageModulesTest {
    private static final Path TESTS = Path.of("src/test/js");
    private final JavaScript javaScript = new JavaScript();

    @AfterEach
    void close() {
        javaScript.close();
    }

    @TestFactory
    List<DynamicContainer> modules() throws IOException {
        try (Stream<Path> files = Files.list(TESTS)) {
            List<Path> tests = files.filter(file -> file.toString().endsWith(".test.js"))
                    .sorted()
                    .toList();
            assertThat(tests).isNotEmpty();
            return tests.stream().map(this::container).toList();
        }
    }

    private DynamicContainer container(Path file) {
        JavaScript.Module module = javaScript.load(file);
        return dynamicContainer(
                file.getFileName().toString(),
                module.functions().stream().map(name -> dynamicTest(name, () -> module.call(name))));
    }
}
