package dev.steno.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import dev.steno.transcript.SampleTranscripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveSettingsTest {
    @TempDir
    private Path folder;

    @Test
    void makes_both_folders_with_the_journal_inside_the_archive_by_default() {
        ArchiveFolders folders =
                folders(Map.of("ARCHIVE_DIR", folder.resolve("a/b").toString()));

        assertThat(folders.archive()).isEqualTo(folder.resolve("a/b")).isEmptyDirectory();
        assertThat(folders.journal()).isEqualTo(folder.resolve("a/b/.journal")).isEmptyDirectory();
    }

    @Test
    void takes_a_journal_folder_of_its_own() {
        Path journal = folder.resolve("journal");

        assertThat(folders(Map.of("JOURNAL_DIR", journal.toString())).journal()).isEqualTo(journal);
    }

    @Test
    void does_not_touch_an_archive_folder_that_nobody_asks_for() {
        Path archive = folder.resolve("archive");

        folders(Map.of("ARCHIVE_DIR", archive.toString(), "JOURNAL_DIR", folder.toString()))
                .journal();

        assertThat(archive).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "file/below", "/proc/steno"})
    void refuses_a_folder_that_cannot_be_used(String name) throws IOException {
        Files.writeString(folder.resolve("file"), "x");
        String unusable = folder.resolve(name).toString();

        assertThatThrownBy(() -> folders(Map.of("ARCHIVE_DIR", unusable)).archive())
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("ARCHIVE_DIR=" + unusable)
                .hasMessageContaining("a folder in which this process can create files");
        assertThatThrownBy(() -> folders(Map.of("JOURNAL_DIR", unusable)).journal())
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("JOURNAL_DIR=" + unusable);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                | txt, json",
                "txt               | txt",
                "json              | txt, json",
                "srt, vtt,json,TXT | txt, json, vtt, srt",
            })
    void renders_the_formats_that_are_asked_for_and_always_text_first(String value, String rendered) {
        DocumentFormats formats = formats(value);

        assertThat(formats.description()).isEqualTo(rendered);
        assertThat(formats.render(SampleTranscripts.golden()))
                .extracting(TranscriptDocuments.Document::extension)
                .isEqualTo(List.of(rendered.split(", ", -1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pdf", "txt,docx", ",", " , "})
    void refuses_formats_that_it_does_not_know_and_none(String value) {
        assertThatThrownBy(() -> formats(value))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("ARCHIVE_FORMATS=" + value.strip())
                .hasMessageContaining("txt, json, vtt, srt");
    }

    private static DocumentFormats formats(String value) {
        return new DocumentFormats(new Settings(key -> Optional.of(value)));
    }

    private static ArchiveFolders folders(Map<String, String> settings) {
        return new ArchiveFolders(new Settings(key -> Optional.ofNullable(settings.get(key))));
    }
}
