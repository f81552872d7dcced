package dev.steno.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFilesTest {
    private static final byte[] OLD = "old".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NEW = "new".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @Test
    void creates_a_private_file_and_never_replaces_one() throws IOException {
        Path file = folder.resolve("a");
        WholeFiles.create(file, OLD);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(() -> WholeFiles.create(file, NEW)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasBinaryContent(OLD);
    }

    @Test
    void replaces_a_file_and_leaves_nothing_else() throws IOException {
        Path file = folder.resolve("a");
        WholeFiles.replace(file, OLD);
        WholeFiles.replace(file, NEW);
        assertThat(file).hasBinaryContent(NEW);
        assertThat(folder).isDirectoryContaining(file::equals);
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void leaves_nothing_behind_where_the_name_cannot_be_had() throws IOException {
        Path file = folder.resolve("a");
        Files.createDirectories(file.resolve("full"));
        assertThatThrownBy(() -> WholeFiles.replace(file, NEW)).isInstanceOf(IOException.class);
        assertThat(folder.toFile().list()).hasSize(1);
    }
}
