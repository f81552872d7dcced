package dev.steno.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README's table has every key that the code reads. */
class ConfigurationTableTest {
    private static final Pattern CONSTANT =
            Pattern.compile("static final String (\\w+)\\s*=\\s*\"([A-Z0-9]+(?:_[A-Z0-9]+)*)\"");

    private static final Pattern READ = Pattern.compile("settings\\s*\\.(?:text|secrets?|integer|number|duration|path"
            + "|flag|choice|words|list)\\(\\s*(?:\"([A-Z0-9_]+)\"|(?:\\w+\\.)?([A-Z][A-Z0-9_]*)\\b)");

    private static final Pattern ENDPOINT = Pattern.compile("\"(AWS_ENDPOINT_URL_\\w+)\"");

    @Test
    void has_every_key_that_the_code_reads() throws IOException {
        Set<String> keys = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .map(ConfigurationTableTest::read)
                    .forEach(code -> addKeys(code, keys));
        }
        assertThat(keys).hasSizeGreaterThan(60).contains("SESSION_LIMIT", "AWS_REGION", "AUTH_TOKENS", "SHARING");
        assertThat(keys).allSatisfy(key -> assertThat(table()).contains("`" + key + "`"));
    }

    private static void addKeys(String code, Set<String> keys) {
        Map<String, String> constants = new TreeMap<>();
        CONSTANT.matcher(code).results().forEach(found -> constants.put(found.group(1), found.group(2)));
        Matcher read = READ.matcher(code);
        while (read.find()) {
            String key = read.group(1) == null ? constants.get(read.group(2)) : read.group(1);
            if (key != null) { // else a constant of another class, which reads it, too
                keys.add(key);
            }
        }
        ENDPOINT.matcher(code).results().forEach(found -> keys.add(found.group(1)));
    }

    /** First cells of the rows; the options of recordings are described together. */
    private static String table() {
        StringBuilder cells = new StringBuilder("`TRANSCRIBE_CONTENT_REDACTION_TYPE`");
        read(Path.of("README.md"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .forEach(line -> cells.append(line, 0, line.indexOf('|', 1)));
        return cells.toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
