package dev.steno.protocol.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamedAnswerTest {
    @Test
    void progress_is_a_comment_that_clients_skip() {
        assertThat(StreamedAnswer.progress(95.4)).isEqualTo(": recognised up to 95 s\n\n");
    }
}
