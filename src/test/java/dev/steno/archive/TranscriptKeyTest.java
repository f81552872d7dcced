package dev.steno.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TranscriptKeyTest {
    private final TranscriptKey key = TranscriptKey.first("team/", Instant.parse("2024-12-15T14:30:22.999Z"));

    @Test
    void is_the_second_of_the_first_audio_in_utc_after_the_prefix() {
        assertThat(key.stem()).isEqualTo("team/20241215_143022");
        assertThat(TranscriptKey.first("", Instant.parse("2024-01-01T00:00:00Z"))
                        .stem())
                .isEqualTo("20240101_000000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "20241215_143022.txt",
                "20241215_143022.vtt",
                "20241215_143022_2.json",
                "20241215_143022_12.srt",
                "20241215_143022.wav",
                "20241215_143022_2.fr.vtt",
                "20241215_143022.zh-TW.vtt"
            })
    void knows_its_files_and_when_they_began(String file) {
        assertThat(TranscriptKey.startOf(file)).contains(Instant.parse("2024-12-15T14:30:22Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "20241215_143022",
                "20241215_143022.md",
                "20241215_143022.mp3",
                "20241215_143022.notes.vtt",
                "20241215_143022.txt.bak",
                "x20241215_143022.txt",
                "20241215_143022_0.txt",
                "20241215_143022-2.txt",
                "20241315_143022.txt",
                "20241215_256161.txt",
                "20241215.txt",
                ".steno-1.tmp",
                "notes.txt",
                "20241215_143022.TXT",
                ""
            })
    void does_not_take_other_files_for_its_own(String file) {
        assertThat(TranscriptKey.startOf(file)).isEmpty();
    }

    @Test
    void counts_from_two() {
        assertThat(key.next().stem()).isEqualTo("team/20241215_143022_2");
        assertThat(key.next().next().stem()).isEqualTo("team/20241215_143022_3");
    }

    @Test
    void goes_on_where_an_earlier_try_ended() {
        assertThat(key.leadsTo("team/20241215_143022")).isTrue();
        assertThat(key.leadsTo("team/20241215_143022_12")).isTrue();
        assertThat(key.resumedAt("team/20241215_143022_12").next().stem()).isEqualTo("team/20241215_143022_13");
        assertThat(key.resumedAt("team/20241215_143022")).isEqualTo(key);
    }

    @Test
    void does_not_lead_to_other_names() {
        assertThat(key.leadsTo("20241215_143022")).isFalse();
        assertThat(key.leadsTo("team/20241215_143022_")).isFalse();
        assertThat(key.leadsTo("team/20241215_143022_0")).isFalse();
        assertThat(key.leadsTo("team/20241215_143022_99999999999")).isFalse();
        assertThat(key.leadsTo("team/20241215_143022_2/../x")).isFalse();
    }

    @Test
    void backoff_doubles_with_jitter_up_to_its_limit() {
        Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofMinutes(1));
        for (int i = 0; i < 100; i++) {
            assertThat(backoff.afterFailure(1)).isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
            assertThat(backoff.afterFailure(3)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
            assertThat(backoff.afterFailure(1000)).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(1));
        }
    }
}
