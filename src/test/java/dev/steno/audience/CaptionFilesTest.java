package dev.steno.audience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.files.KeyFile;
import dev.steno.transcript.SessionId;
import dev.steno.transcript.TranscriptSegment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was said so far as a file, and as subtitles of a stream. */
class CaptionFilesTest {
    private final Feed feed = new Feed("rec");

    private void say(int number, String text, double start, double end) {
        feed.add(new TranscriptSegment(number, text, start, end, List.of()));
    }

    private String render(Captions.Format format, String language) {
        return Captions.render(format, Optional.of(feed), Optional.ofNullable(language));
    }

    @Test
    void renders_each_format_so_far() {
        say(0, "hello", 0, 1.5);
        assertThat(render(Captions.Format.VTT, null)).isEqualTo("WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nhello\n");
        assertThat(render(Captions.Format.TXT, null)).isEqualTo("hello\n");
        assertThat(render(Captions.Format.SRT, null)).startsWith("1\n00:00:00,000 --> 00:00:01,500\nhello\n");
        assertThat(render(Captions.Format.JSON, null))
                .contains("\"segments\":[{\"segment\":0,\"text\":\"hello\",\"start\":0.0,\"end\":1.5}]");
    }

    @Test
    void renders_a_translation_and_what_is_not_translated_as_it_was_said() {
        say(0, "hello", 0, 1);
        say(1, "world", 1, 2);
        feed.translate(0, "fr", "bonjour");
        assertThat(render(Captions.Format.TXT, "fr")).isEqualTo("bonjour\nworld\n");
    }

    @Test
    void an_empty_room_has_empty_captions() {
        assertThat(Captions.render(Captions.Format.VTT, Optional.empty(), Optional.empty()))
                .isEqualTo("WEBVTT\n");
    }

    @Test
    void publishes_pieces_of_six_seconds() {
        feed.begin(Instant.now().minusMillis(20_500)); // pieces 0 and 1 are over, and 6 s more have passed
        say(0, "late", 1, 2);
        say(1, "in time", 11.5, 13);
        String playlist = SubtitlePlaylist.render(feed, "?mpegts=900");
        assertThat(playlist)
                .startsWith("#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:6\n#EXT-X-MEDIA-SEQUENCE:0\n"
                        + "#EXT-X-PROGRAM-DATE-TIME:")
                .contains("#EXTINF:6.000,\ncaptions/0.vtt?mpegts=900\n")
                .contains("captions/1.vtt")
                .doesNotContain("captions/2.vtt")
                .doesNotContain("ENDLIST");
        assertThat(piece(0)).isEqualTo("WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:900,LOCAL:00:00:00.000\n");
        assertThat(SubtitlePlaylist.piece(feed, 2, 900, Optional.empty())).isEmpty();

        feed.end(EndReason.SAVED);
        assertThat(SubtitlePlaylist.render(feed, "")).contains("captions/2.vtt\n#EXT-X-ENDLIST");
        assertThat(piece(2)).contains("late").contains("00:00:11.500 --> 00:00:13.000\nin time");
    }

    @Test
    void a_cue_is_in_each_piece_that_it_spans() {
        feed.begin(Instant.now());
        say(0, "long", 5, 13);
        feed.end(EndReason.SAVED);
        assertThat(piece(0)).contains("long");
        assertThat(piece(1)).contains("long");
        assertThat(piece(2)).contains("long");
    }

    private String piece(int number) {
        return SubtitlePlaylist.piece(feed, number, 900, Optional.empty()).orElseThrow();
    }

    @Test
    void keeps_links_in_private_files(@TempDir Path folder) throws IOException {
        LinkFolder links = new LinkFolder(folder.resolve("links"), Runnable::run);
        assertThat(links.load()).isEmpty();
        LinkStore.Entry entry = new LinkStore.Entry(
                "A".repeat(22), true, SessionId.random(), LinkStore.State.ENDED, 7, Optional.of("x.txt"));
        links.save(entry);
        Files.writeString(folder.resolve("links").resolve("broken.json"), "{\"token\":1}");
        assertThat(links.load()).containsExactly(entry);
        links.delete(entry.token());
        assertThat(links.load()).isEmpty();
    }

    @Test
    void keeps_the_key_of_rooms(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("sharing").resolve("key");
        byte[] key = KeyFile.readOrCreate(file);
        assertThat(key).hasSize(32);
        assertThat(KeyFile.readOrCreate(file)).isEqualTo(key);
        assertThat(file.getParent()).isDirectoryContaining("glob:**/key").isDirectoryNotContaining("glob:**/key.*");
    }
}
