package dev.steno.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** Nothing is shipped whose licence is not told. */
class LicencesIT {
    private static final Pattern JAR = Pattern.compile("WEB-INF/lib/(.+?)-\\d[^/]*\\.jar");
    private static final Pattern NAME = Pattern.compile("`([a-z0-9-]+)`");
    private static final String NOT_SLIM = "not in the slim WAR";

    @Test
    void the_list_of_licences_is_the_content_of_the_war() throws IOException {
        assertThat(listed()).isEqualTo(shipped());
    }

    private static Set<String> listed() throws IOException {
        boolean slim = Boolean.getBoolean("steno.slim");
        List<String> rows = Files.readAllLines(Path.of("docs/licences.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertThat(rows).allMatch(row -> row.split(" \\| ", -1).length == 3, "libraries, of, licence");
        return rows.stream()
                .filter(row -> !slim || !row.contains(NOT_SLIM))
                .map(row -> row.substring(0, row.indexOf('|', 1)))
                .flatMap(cell -> NAME.matcher(cell).results())
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> shipped() throws IOException {
        try (ZipFile war = new ZipFile(System.getProperty("steno.war"))) {
            return war.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith("WEB-INF/lib/") && !name.endsWith("/"))
                    .map(LicencesIT::artifact)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String artifact(String jar) {
        return JAR.matcher(jar)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElse(jar);
    }
}
