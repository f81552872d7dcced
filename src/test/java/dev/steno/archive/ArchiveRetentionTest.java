package dev.steno.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveRetentionTest {
    @RegisterExtension
    private final TestThreads threads = new TestThreads();

    private final Map<String, String> settings = new HashMap<>();

    @TempDir
    private Path folder;

    @Test
    void deletes_transcripts_of_its_own_that_are_old_enough_in_every_format() throws IOException {
        create("20241115_143021.txt", "20241115_143021.json", "20241115_143021.vtt", "20241001_000000_2.srt");
        create("20241115_143023.txt", "20241115_143023.json");
        deleteOld();
        assertThat(files()).containsExactly("20241115_143023.json", "20241115_143023.txt");
    }

    @Test
    void touches_nothing_that_others_put_there_and_no_journal() throws IOException {
        create("notes.txt", "20241001.txt", "20241001_000000.docx", "20241001_000000 copy.txt", "20241001_000000");
        Files.createDirectory(folder.resolve("20241001_000000.txt"));
        Files.createSymbolicLink(folder.resolve("20241001_000001.txt"), folder.resolve("notes.txt"));
        Path journal = Files.createDirectories(folder.resolve(".journal/process-1"));
        Files.createFile(journal.resolve("20241001T000000Z_00000000-0000-0000-0000-000000000000.journal"));
        Files.createFile(journal.resolve("20241001_000000.txt"));
        List<String> before = files();
        deleteOld();
        assertThat(files()).isEqualTo(before);
        assertThat(journal).isDirectoryContaining(file -> file.toString().endsWith(".journal"));
        assertThat(journal.resolve("20241001_000000.txt")).exists();
    }

    @Test
    void goes_on_where_a_folder_is_missing() throws IOException {
        settings.put("ARCHIVE_RETENTION", "P30D");
        retention().deleteOld(folder.resolve("missing"));
    }

    @Test
    void looks_at_nothing_unless_it_is_asked_and_never_for_a_bucket() {
        retention().begin();
        settings.put("ARCHIVE_RETENTION", "P30D");
        settings.put("S3_BUCKET", "transcripts");
        retention().begin();
        assertThat(threads.schedule.shutdownNow()).isEmpty();
    }

    @Test
    void looks_after_the_start_and_then_daily() {
        settings.put("ARCHIVE_RETENTION", "P30D");
        settings.put("ARCHIVE_DIR", folder.toString());
        ArchiveRetention retention = retention();
        retention.begin();
        retention.end();
        assertThat(threads.schedule.shutdownNow()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "30", "P1M", "-P1D", "P40000D"})
    void refuses_a_retention_that_makes_no_sense(String value) {
        settings.put("ARCHIVE_RETENTION", value);
        assertThatThrownBy(this::retention)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("ARCHIVE_RETENTION=" + value);
    }

    private void deleteOld() {
        settings.put("ARCHIVE_RETENTION", "P30D");
        retention().deleteOld(folder);
    }

    private ArchiveRetention retention() {
        Settings configured = new Settings(key -> Optional.ofNullable(settings.get(key)));
        return new ArchiveRetention(
                configured,
                new ArchiveFolders(configured),
                threads.archive,
                threads.schedule,
                () -> Instant.parse("2024-12-15T14:30:22Z"));
    }

    private void create(String... names) throws IOException {
        for (String name : names) {
            Files.createFile(folder.resolve(name));
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
