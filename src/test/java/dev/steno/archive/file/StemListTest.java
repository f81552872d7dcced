package dev.steno.archive.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.archive.ListRange;
import dev.steno.archive.TranscriptStem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StemListTest {
    @TempDir
    private Path folder;

    @Test
    void reads_every_name_as_the_parser_does() throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            Instant second = Instant.ofEpochSecond(random.nextLong(4_000_000_000L));
            TranscriptStem stem =
                    new TranscriptStem(second, random.nextInt(3) == 0 ? 1 + random.nextInt(9_999_999) : 1);
            Files.createFile(folder.resolve(stem + ".txt"));

            assertThat(new StemList(folder).newest(ListRange.ALL, 9)).containsExactly(stem);
            Files.delete(folder.resolve(stem + ".txt"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "20241215_143022_1",
                "20241215_143022_02",
                "20241215_143022_",
                "20241215_143022_12345678",
                "20241315_143022",
                "20240230_143022",
                "20241215_243022",
                "20241215_146022",
                "20241215_143060",
                "20241215-143022",
                "2024121_143022",
                "20241215_14302",
                "20241215_14302x",
                "20241215_143022x2",
                "x",
                "",
                "20241215_143022_-2"
            })
    void passes_over_what_is_no_stem(String name) throws IOException {
        Files.createFile(folder.resolve(name + ".txt"));

        assertThat(TranscriptStem.parse(name)).isEmpty();
        assertThat(new StemList(folder).newest(ListRange.ALL, 9)).isEmpty();
    }

    @Test
    void notices_what_is_stored_and_deleted_between_two_looks() throws IOException {
        StemList stems = new StemList(folder);
        for (int i = 0; i < 50; i++) {
            Path file = Files.createFile(folder.resolve("20241215_1430%02d.txt".formatted(i)));
            assertThat(stems.newest(ListRange.ALL, 100)).hasSize(1);
            Files.delete(file);
            assertThat(stems.newest(ListRange.ALL, 100)).isEmpty();
        }
        Files.createFile(folder.resolve("20241215_143022.txt"));
        Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minusSeconds(60)));
        assertThat(stems.newest(ListRange.ALL, 100)).hasSize(1);
        Files.delete(folder.resolve("20241215_143022.txt"));
        assertThat(stems.newest(ListRange.ALL, 100)).isEmpty();
    }
}
