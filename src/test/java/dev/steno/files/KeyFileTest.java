package dev.steno.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
    @TempDir
    private Path folder;

    @Test
    void makes_a_key_once_for_this_user_alone() throws Exception {
        Path file = folder.resolve("ticket.key");
        byte[] key = KeyFile.readOrCreate(file);
        assertThat(key).hasSize(32);
        assertThat(KeyFile.readOrCreate(file)).isEqualTo(key);
        assertThat(KeyFile.readOrCreate(folder.resolve("other.key"))).isNotEqualTo(key);
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void takes_no_other_file_for_a_key() throws Exception {
        Path file = Files.writeString(folder.resolve("ticket.key"), "");
        assertThatThrownBy(() -> KeyFile.readOrCreate(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ticket.key");
    }
}
