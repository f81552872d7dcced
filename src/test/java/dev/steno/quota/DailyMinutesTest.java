package dev.steno.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import dev.steno.testing.ManualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** It is 14:30:22 UTC. */
class DailyMinutesTest {
    private static final int MINUTE_BYTES = 60 * 32_000;

    private int calls;
    private final ManualTime time = new ManualTime();

    @TempDir
    private Path folder;

    @Test
    void counts_audio_and_for_each_stream_at_least_what_is_billed() {
        DailyMinutes minutes = minutes("2");
        StreamMeter meter = minutes.meter(Duration.ofSeconds(15));
        assertThat(minutes.left()).isEqualTo(Duration.ofSeconds(105));
        meter.sent(10 * 32_000);
        assertThat(minutes.left()).isEqualTo(Duration.ofSeconds(105));
        meter.sent(10 * 32_000);
        assertThat(minutes.left()).isEqualTo(Duration.ofSeconds(100));
        minutes.meter(Duration.ZERO).sent(100 * 32_000);
        assertThat(minutes.usedUp()).isTrue();
        assertThat(minutes.status()).contains(new DailyMinutes.Status(2, 2));
        assertThat(minutes.rule()).contains("2 minutes", "DAILY_MINUTES", "00:00 UTC, in 9 h 29 min");
    }

    @Test
    void begins_anew_each_day() {
        DailyMinutes minutes = minutes("2");
        minutes.charge(2 * MINUTE_BYTES);
        minutes.save();
        time.advance(Duration.ofHours(9));
        assertThat(minutes.usedUp()).isTrue();
        time.advance(Duration.ofMinutes(30));
        assertThat(minutes.usedUp()).isFalse();
        minutes.charge(MINUTE_BYTES);
        minutes.save();
        assertThat(minutes.status()).contains(new DailyMinutes.Status(2, 1));
        assertThat(files()).singleElement().asString().contains("minutes-2024-12-16");
    }

    @Test
    void forgets_nothing_when_the_clock_jumps_and_comes_back() {
        DailyMinutes earlier = minutes("10");
        earlier.charge(3 * MINUTE_BYTES);
        earlier.save();
        DailyMinutes minutes = minutes("10");
        minutes.charge(2 * MINUTE_BYTES);
        time.advance(Duration.ofDays(3));
        minutes.save();
        assertThat(minutes.left()).isEqualTo(Duration.ofMinutes(10));
        minutes.charge(MINUTE_BYTES);
        time.advance(Duration.ofDays(-3));
        minutes.tick();
        minutes.save();
        assertThat(minutes.left()).isEqualTo(Duration.ofMinutes(5));
        assertThat(minutes("10").left()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void saves_again_after_a_save_that_failed_in_an_unexpected_way() {
        boolean[] broken = {true};
        DailyMinutes minutes = new DailyMinutes(new Settings(key -> Optional.of("10")), folder, Runnable::run, () -> {
            if (broken[0] && folder.toFile().list().length == 0 && calls++ > 2) {
                throw new IllegalStateException("on purpose");
            }
            return time.now();
        });
        minutes.charge(MINUTE_BYTES);
        assertThatThrownBy(minutes::saveSoon).isInstanceOf(IllegalStateException.class);
        broken[0] = false;
        minutes.saveSoon();
        assertThat(files()).hasSize(1);
    }

    @Test
    void goes_on_counting_after_a_restart() {
        DailyMinutes first = minutes("10");
        first.charge(3 * MINUTE_BYTES);
        first.saveSoon();
        DailyMinutes second = minutes("10");
        assertThat(second.left()).isEqualTo(Duration.ofMinutes(7));
        second.charge(2 * MINUTE_BYTES);
        second.save();
        second.save();
        assertThat(minutes("10").left()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void counts_what_others_use_that_share_the_folder() {
        DailyMinutes here = minutes("10");
        DailyMinutes there = minutes("10");
        there.charge(4 * MINUTE_BYTES);
        there.save();
        here.charge(MINUTE_BYTES);
        here.save();
        assertThat(here.left()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void writes_once_a_minute_while_it_is_asked_ten_times_a_second() {
        int[] writes = {0};
        DailyMinutes minutes = minutes("10", task -> {
            writes[0]++;
            task.run();
        });
        for (int i = 0; i < 3 * 600; i++) {
            time.advance(Duration.ofMillis(100));
            minutes.charge(3_200);
            minutes.tick();
        }
        assertThat(writes[0]).isEqualTo(3);
        assertThat(minutes("10").left()).isEqualTo(Duration.ofMinutes(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-5", "1e9", "99999999999999999999", "\u0000\u0000"})
    void deletes_a_damaged_file_and_counts_on_without_it(String content) throws IOException {
        DailyMinutes first = minutes("10");
        first.charge(3 * MINUTE_BYTES);
        first.save();
        Path damaged = Files.writeString(folder.resolve("minutes-2024-12-15-" + "0".repeat(36)), content);
        assertThat(minutes("10").left()).isEqualTo(Duration.ofMinutes(7));
        assertThat(damaged).doesNotExist();
    }

    @Test
    void touches_no_file_without_a_limit() {
        DailyMinutes minutes = minutes(null);
        minutes.charge(1_000L * MINUTE_BYTES);
        minutes.saveSoon();
        minutes.save();
        assertThat(minutes.usedUp()).isFalse();
        assertThat(minutes.status()).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void goes_on_when_the_folder_is_gone() throws IOException {
        DailyMinutes minutes = minutes("10");
        minutes.charge(MINUTE_BYTES);
        Files.delete(folder);
        minutes.save();
        assertThat(minutes.left()).isEqualTo(Duration.ofMinutes(9));
        Files.createDirectory(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "lots", "PT8H", "10000001"})
    void refuses_a_limit_that_makes_no_sense(String value) {
        assertThatThrownBy(() -> minutes(value))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("DAILY_MINUTES=" + value);
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DailyMinutes minutes(String limit) {
        return minutes(limit, Runnable::run);
    }

    private DailyMinutes minutes(String limit, Executor executor) {
        return new DailyMinutes(new Settings(key -> Optional.ofNullable(limit)), folder, executor, time::now);
    }
}
