package dev.steno.webapp;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Asks axe-core what of a page, as it stands now, breaks WCAG 2.2 AA or its best practices. */
final class Axe {
    private static final String SCRIPT = script();

    private Axe() {}

    /** One line for each finding: the rule, what it says, and where. */
    @SuppressWarnings("unchecked")
    static List<String> findings(Page page) {
        if (Boolean.FALSE.equals(page.evaluate("() => 'axe' in globalThis"))) { // it takes a while
            page.evaluate(SCRIPT);
        }
        return (List<String>) page.evaluate(
                "() => axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations.flatMap(({ id, help, nodes }) =>"
                        + " nodes.map(({ target }) => `${id}: ${help}: ${target}`)))");
    }

    private static String script() {
        try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
