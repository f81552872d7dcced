package dev.steno.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who searches the troubleshooting page for a message must find it: it quotes what the code says. */
class TroubleshootingTest {
    /** Strings that are put together over several lines, for the eye. */
    private static final Pattern JOIN = Pattern.compile("\"\\s*\\+\\s*\"");

    @Test
    void quotes_messages_as_the_code_has_them() throws IOException {
        String code = code();
        List<String> quoted = Files.readAllLines(Path.of("docs/troubleshooting.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .flatMap(line -> Pattern.compile("`([^`]+)`")
                        .matcher(line.substring(0, line.indexOf('|', 1)))
                        .results())
                .map(quote -> quote.group(1))
                .filter(quote -> quote.contains(" "))
                .toList();

        assertThat(quoted).hasSizeGreaterThan(30);
        assertThat(quoted.stream().flatMap(TroubleshootingTest::constantParts))
                .allSatisfy(part -> assertThat(code).contains(part));
    }

    /** What stands between the names and numbers. */
    private static Stream<String> constantParts(String quote) {
        return Stream.of(quote.split("…", -1)).map(String::strip).filter(part -> part.length() > 2);
    }

    private static String code() throws IOException {
        StringBuilder code = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            for (Path file : files.filter(path -> path.toString().matches(".*\\.(java|js)"))
                    .toList()) {
                code.append(Files.readString(file));
            }
        }
        return JOIN.matcher(code).replaceAll("");
    }
}
