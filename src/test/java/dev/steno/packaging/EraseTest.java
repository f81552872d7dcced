package dev.steno.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that erases one recording, on files as Steno writes them. */
class EraseTest {
    private static final String ALICE = UUID.randomUUID().toString();
    private static final String BOB = UUID.randomUUID().toString();

    @TempDir
    private Path archive;

    private List<String> others;

    @BeforeEach
    void record() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no /bin/sh here");
        store("20241215_143022_2", BOB);
        create(".journal/process-1/20241215T143022Z_" + BOB + ".journal", "b");
        create(".journal/process-1.lock", "");
        create(".journal/audio/" + BOB + ".wav", "RIFF");
        create("notes.txt", ALICE);
        others = files();
        store("20241215_143022", ALICE);
        create(".journal/process-1/20241215T143022Z_" + ALICE + ".journal", "a");
        create("20241215_143022.fr.vtt", "WEBVTT");
        create("20241215_143022.wav", "RIFF");
        create(".journal/audio/" + ALICE + ".wav", "RIFF");
        create(".index/0/_0.cfs", "all words");
        create(".journal/unreadable/" + UUID.randomUUID() + "_20241215T143022Z_" + ALICE + ".journal", "a");
    }

    @Test
    void erases_every_format_and_journal_of_one_recording_by_name_and_nothing_else() throws Exception {
        assertThat(erase("20241215_143022")).isZero();
        assertThat(files()).isEqualTo(others);
        assertThat(erase("20241215_143022")).isEqualTo(1);
    }

    @Test
    void erases_the_same_by_session_id() throws Exception {
        assertThat(erase(ALICE)).isZero();
        assertThat(files()).isEqualTo(others);
    }

    @Test
    void erases_the_journal_of_a_recording_that_is_not_archived_yet() throws Exception {
        Files.delete(archive.resolve("20241215_143022.json"));
        for (String beside : List.of("txt", "wav", "fr.vtt")) {
            Files.delete(archive.resolve("20241215_143022." + beside));
        }
        assertThat(erase(ALICE)).isZero();
        assertThat(files()).isEqualTo(others);
    }

    @Test
    void erases_text_alone_where_no_other_format_is_kept() throws Exception {
        Files.delete(archive.resolve("20241215_143022.json"));
        assertThat(erase("20241215_143022")).isZero();
        assertThat(archive.resolve("20241215_143022.txt")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "*", "20241215", "../notes", "notes", "20241215_143022.txt", "20241215_143022_0", "-rf"})
    void erases_nothing_unless_it_is_told_exactly_what(String what) throws Exception {
        List<String> before = files();
        assertThat(erase(what)).isEqualTo(2);
        assertThat(files()).isEqualTo(before);
    }

    private int erase(String what) throws IOException, InterruptedException {
        ProcessBuilder script =
                new ProcessBuilder("/bin/sh", "docs/operations/erase.sh", what).redirectErrorStream(true);
        script.environment().put("ARCHIVE_DIR", archive.toString());
        script.environment().remove("JOURNAL_DIR");
        Process process = script.start();
        try (InputStream said = process.getInputStream()) {
            said.transferTo(System.out);
        }
        return process.waitFor();
    }

    private void store(String stem, String id) throws IOException {
        create(stem + ".txt", "words\n");
        create(stem + ".json", "{\"session_id\":\"" + id + "\",\"engine\":\"sphinx\"}\n");
    }

    private void create(String name, String content) throws IOException {
        Path file = archive.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content, StandardCharsets.UTF_8);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(archive)) {
            return files.filter(Files::isRegularFile)
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
    }
}
