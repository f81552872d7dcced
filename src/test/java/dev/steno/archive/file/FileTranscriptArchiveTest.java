package dev.steno.archive.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.archive.ArchiveException;
import dev.steno.archive.ArchivedTranscripts;
import dev.steno.archive.KeyTakenException;
import dev.steno.archive.TranscriptArchive;
import dev.steno.archive.TranscriptArchiveContract;
import dev.steno.archive.TranscriptDocuments;
import dev.steno.files.PrivateFiles;
import dev.steno.transcript.SampleTranscripts;
import dev.steno.transcript.SessionId;
import dev.steno.transcript.Transcript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileTranscriptArchiveTest extends TranscriptArchiveContract {
    private static final String STEM = "20241215_143022";

    private final Transcript transcript = SampleTranscripts.transcript(SampleTranscripts.recording(), 2);

    @TempDir
    private Path temporary;

    private Path folder;
    private FileTranscriptArchive archive;
    private FolderTranscripts transcripts;

    @BeforeEach
    void create() throws IOException {
        folder = temporary.resolve("transcripts");
        PrivateFiles.createFolders(folder);
        archive = new FileTranscriptArchive(folder, files());
        transcripts = new FolderTranscripts(folder);
    }

    NewFiles files() {
        return new NewFiles();
    }

    @Override
    protected TranscriptArchive archive() {
        return archive;
    }

    @Override
    protected ArchivedTranscripts transcripts() {
        return transcripts;
    }

    @Override
    protected void place(String key, String content) throws IOException {
        Files.writeString(folder.resolve(key), content);
    }

    @Override
    protected Optional<String> stored(String key) throws IOException {
        Path file = folder.resolve(key);
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    @Test
    void says_where_it_is_and_where_the_transcript_is() throws Exception {
        assertThat(archive.description()).isEqualTo(folder.toString());
        assertThat(archive.store(documents(transcript, STEM, false, "txt")).location())
                .isEqualTo(folder.resolve(STEM + ".txt").toString());
    }

    @Test
    void keeps_files_private_and_leaves_nothing_else_in_the_folder() throws Exception {
        archive.store(documents(transcript, STEM, false, "txt,json"));

        assertThat(names()).containsExactlyInAnyOrder(STEM + ".txt", STEM + ".json");
        assertThat(mode(folder)).isEqualTo("rwx------");
        assertThat(mode(folder.resolve(STEM + ".txt"))).isEqualTo("rw-------");
        assertThat(mode(folder.resolve(STEM + ".json"))).isEqualTo("rw-------");
    }

    @Test
    void takes_a_stem_for_taken_when_any_of_its_documents_is_there() throws Exception {
        Files.writeString(folder.resolve(STEM + ".json"), "{}");

        for (boolean triedBefore : new boolean[] {false, true}) {
            assertThatThrownBy(() -> archive.store(documents(transcript, STEM, triedBefore, "txt,json")))
                    .isInstanceOf(KeyTakenException.class);
        }

        assertThat(names()).containsExactly(STEM + ".json");
    }

    @Test
    void takes_the_same_words_for_its_own_only_after_an_earlier_try() throws Exception {
        archive.store(documents(transcript, STEM, false, "txt"));

        assertThatThrownBy(() -> archive.store(documents(transcript, STEM, false, "txt")))
                .isInstanceOf(KeyTakenException.class);
        assertThat(archive.store(documents(transcript, STEM, true, "txt")).key())
                .isEqualTo(STEM + ".txt");
    }

    @Test
    void takes_its_own_json_for_its_own_even_when_somebody_corrected_the_text() throws Exception {
        archive.store(documents(transcript, STEM, false, "txt,json"));
        Files.writeString(folder.resolve(STEM + ".txt"), "corrected\n");

        archive.store(documents(transcript, STEM, true, "txt,json"));

        assertThat(stored(STEM + ".txt")).contains("corrected\n");
    }

    @Test
    void does_not_take_bytes_that_are_no_text_for_its_own() throws Exception {
        archive.store(documents(transcript, STEM, false, "txt"));
        Files.write(folder.resolve(STEM + ".json"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThatThrownBy(() -> archive.store(documents(transcript, STEM, true, "txt,json")))
                .isInstanceOf(KeyTakenException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../escaped", "/tmp/escaped", "a/b", ".hidden", "", "a\\b", "a\u0000b", "a b"})
    void refuses_a_stem_that_is_no_plain_name(String stem) {
        TranscriptDocuments tricky = new TranscriptDocuments(
                SessionId.random(), stem, false, List.of(new TranscriptDocuments.Document("txt", "text/plain", "x")));

        assertThatThrownBy(() -> archive.store(tricky))
                .isInstanceOfSatisfying(ArchiveException.class, fault -> assertThat(fault.retryable())
                        .isFalse());
        assertThat(temporary.resolve("escaped.txt")).doesNotExist();
    }

    @Test
    void makes_the_folder_again_when_somebody_deleted_it() throws Exception {
        archive.store(documents(transcript, STEM, false, "txt"));
        Files.delete(folder.resolve(STEM + ".txt"));
        Files.delete(folder);

        archive.store(documents(transcript, STEM, false, "txt"));

        assertThat(names()).containsExactly(STEM + ".txt");
    }

    @Test
    void says_what_to_check_when_a_file_is_where_the_folder_was() throws Exception {
        Files.delete(folder);
        Files.writeString(folder, "in the way");

        assertThatThrownBy(() -> archive.store(documents(transcript, STEM, false, "txt")))
                .isInstanceOfSatisfying(ArchiveException.class, fault -> assertThat(fault.retryable())
                        .isFalse())
                .hasMessageContaining("ARCHIVE_DIR")
                .hasMessageContaining(folder.toString());
    }

    @Test
    void removes_temporary_files_of_a_crash_but_not_those_of_a_process_at_work() throws Exception {
        Path old = Files.writeString(folder.resolve(".steno-old.tmp"), "x");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        Path fresh = Files.writeString(folder.resolve(".steno-fresh.tmp"), "x");
        Path foreign = Files.writeString(folder.resolve("notes.tmp"), "x");
        Files.setLastModifiedTime(foreign, FileTime.from(Instant.EPOCH));

        create();

        assertThat(old).doesNotExist();
        assertThat(fresh).exists();
        assertThat(foreign).exists();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
