package dev.steno.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Reads the subtitles back as a player does: blocks between empty lines, a line of times, text. */
class SubtitleSyntaxTest {
    private static final Pattern VTT_TIMES =
            Pattern.compile("\\d{2,}:[0-5]\\d:[0-5]\\d\\.\\d{3} --> \\d{2,}:[0-5]\\d:[0-5]\\d\\.\\d{3}");
    private static final Pattern SRT_TIMES =
            Pattern.compile("\\d{2,}:[0-5]\\d:[0-5]\\d,\\d{3} --> \\d{2,}:[0-5]\\d:[0-5]\\d,\\d{3}");

    private final Transcript transcript = SampleTranscripts.golden();
    private final String words = PlainText.render(transcript).replaceAll("\\s", "");

    @Test
    void webvtt_reads_back_to_the_same_words() {
        List<String> blocks = blocks(WebVtt.render(transcript));

        assertThat(blocks.get(0)).isEqualTo("WEBVTT");
        StringBuilder read = new StringBuilder();
        for (String block : blocks.subList(1, blocks.size())) {
            List<String> lines = block.lines().toList();
            assertThat(lines.get(0)).matches(VTT_TIMES);
            String text = String.join("", lines.subList(1, lines.size()));
            assertThat(text).doesNotContain("-->", "<").doesNotContainPattern("&(?!amp;|lt;|gt;)");
            read.append(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"));
        }
        assertThat(read.toString().replace(" ", "")).isEqualTo(words);
    }

    @Test
    void subrip_reads_back_to_the_same_words() {
        List<String> blocks = blocks(SubRip.render(transcript));

        StringBuilder read = new StringBuilder();
        for (int i = 0; i < blocks.size(); i++) {
            List<String> lines = blocks.get(i).lines().toList();
            assertThat(lines.get(0)).isEqualTo(Integer.toString(i + 1));
            assertThat(lines.get(1)).matches(SRT_TIMES);
            read.append(String.join("", lines.subList(2, lines.size())));
        }
        assertThat(read.toString().replace(" ", "")).isEqualTo(words);
    }

    private static List<String> blocks(String file) {
        return Arrays.stream(file.split("\n\n", -1))
                .map(String::strip)
                .filter(block -> !block.isEmpty())
                .toList();
    }
}
