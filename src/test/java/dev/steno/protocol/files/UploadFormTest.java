package dev.steno.protocol.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadFormTest {
    private static final int LIMIT = 1_000;

    @TempDir
    private Path folder;

    private UploadForm form(String... parts) throws Exception {
        UploadForm form = new UploadForm(new UploadFolder(folder, LIMIT));
        MultipartParser parser = new MultipartParser("multipart/form-data; boundary=x", form);
        StringBuilder body = new StringBuilder();
        for (String part : parts) {
            int equals = part.indexOf('=');
            body.append("\r\n--x\r\nContent-Disposition: form-data; name=\"")
                    .append(part, 0, equals)
                    .append("\"\r\n\r\n")
                    .append(part.substring(equals + 1));
        }
        byte[] bytes = body.append("\r\n--x--\r\n").toString().getBytes(StandardCharsets.UTF_8);
        parser.take(bytes, 0, bytes.length);
        parser.end();
        return form;
    }

    private static void assertRefused(Body body, int status, String text) {
        assertThatThrownBy(body::run).isInstanceOfSatisfying(RefusedRequestException.class, e -> {
            assertThat(e.status()).isEqualTo(status);
            assertThat(e.json()).contains(text);
        });
    }

    private interface Body {
        void run() throws Exception;
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void keeps_the_file_on_disk_and_nothing_of_it_after_that() throws Exception {
        try (UploadForm form = form("file=12345", "model=any", "unknown=field")) {
            assertThat(form.file().read(1, 3)).asString(StandardCharsets.UTF_8).isEqualTo("234");
            assertThat(form.file().size()).isEqualTo(5);
        }
        assertThat(left()).isEmpty();
    }

    @Test
    void refuses_files_that_are_too_large_or_too_many_and_forms_without() throws Exception {
        assertRefused(() -> form("file=" + "x".repeat(LIMIT + 1)), 413, "UPLOAD_LIMIT");
        assertRefused(() -> form("file=1", "file=2"), 400, "\"param\":\"file\"");
        assertRefused(() -> form("prompt=" + "x".repeat(100_000)), 400, "\"param\":\"prompt\"");
        try (UploadForm form = form("model=whisper-1")) {
            assertRefused(form::file, 400, "missing_required_parameter");
        }
    }

    @Test
    void says_what_the_client_wishes() throws Exception {
        Wishes usual = Wishes.of(form("model=x"), null);
        assertThat(usual)
                .returns(ResponseFormat.JSON, Wishes::format)
                .returns(false, Wishes::streamed)
                .returns(false, Wishes::deferred)
                .returns(true, Wishes::stored)
                .returns(true, Wishes::segments)
                .returns(false, Wishes::words);
        Wishes special = Wishes.of(
                form("response_format=verbose_json", "timestamp_granularities[]=word", "store=false", "language=de"),
                null);
        assertThat(special)
                .returns(ResponseFormat.VERBOSE_JSON, Wishes::format)
                .returns(false, Wishes::stored)
                .returns(true, Wishes::words)
                .returns(false, Wishes::segments);
        assertThat(special.languages()).containsExactly("de");
        assertThat(Wishes.of(form("stream=True"), "wait=10, Respond-Async").deferred())
                .isTrue();
    }

    @Test
    void takes_languages_and_keywords_as_lists_too() throws Exception {
        Wishes wishes = Wishes.of(
                form("languages[]=de", "languages[]=en", "keywords[]=Steno", "keywords[]=Sphinx", "prompt=Ann, Bob"),
                null);
        assertThat(wishes.languages()).containsExactly("de", "en");
        assertThat(wishes.hints()).map(String::strip).containsExactly("Steno", "Sphinx", "Ann", "Bob");
    }

    @Test
    void refuses_wishes_that_make_no_sense_by_their_names() {
        assertRefused(() -> Wishes.of(form("response_format=docx"), null), 400, "\"param\":\"response_format\"");
        assertRefused(() -> Wishes.of(form("stream=perhaps"), null), 400, "\"param\":\"stream\"");
        assertRefused(
                () -> Wishes.of(form("timestamp_granularities[]=hour"), null), 400, "timestamp_granularities may be");
        assertRefused(() -> Wishes.of(form("stream=true", "response_format=srt"), null), 400, "json or text");
        assertRefused(() -> Wishes.of(form("store=false"), "respond-async"), 400, "\"param\":\"store\"");
    }

    @Test
    void erases_what_a_dead_process_left_and_not_what_a_living_one_has() throws Exception {
        Path old = Files.createFile(folder.resolve("old.upload"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(3))));
        Path young = Files.createFile(folder.resolve("young.upload"));
        new UploadFolder(folder, LIMIT).eraseLeftovers();
        assertThat(left()).containsExactly(young);
    }
}
