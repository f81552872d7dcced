package dev.steno.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.caller.Caller;
import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import dev.steno.testing.ManualTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaTest {
    private static final Caller ALICE = new Caller("alice", "192.0.2.1");
    private static final Caller OFFICE = new Caller("", "192.0.2.1");
    private static final Caller HOME = new Caller("", "192.0.2.2");

    private final Map<String, String> settings = new HashMap<>();
    private final ManualTime time = new ManualTime();

    @Test
    void gives_an_office_behind_one_address_the_whole_node_by_default() {
        settings.put("SESSION_LIMIT", "20");
        Quota quota = quota();
        for (int i = 0; i < 20; i++) {
            assertThat(quota.openConnection(OFFICE)).isEmpty();
            assertThat(quota.openConnection(OFFICE)).isEmpty(); // it was lost, and came back at once
            assertThat(quota.beginRecording(OFFICE)).isEmpty();
        }
        assertThat(quota.beginRecording(HOME).orElseThrow()).contains("All 20", "SESSION_LIMIT");
        quota.endRecording(OFFICE);
        assertThat(quota.beginRecording(HOME)).isEmpty();
        assertThat(quota.recordings()).isEqualTo(20);
        assertThat(quota.connections()).isEqualTo(40);
    }

    @Test
    void counts_recordings_by_identity_where_there_is_one_and_else_by_place() {
        settings.put("CALLER_LIMIT", "1");
        Quota quota = quota();
        assertThat(quota.beginRecording(ALICE)).isEmpty();
        assertThat(quota.beginRecording(new Caller("alice", "elsewhere")).orElseThrow())
                .contains("1 recordings by alice", "CALLER_LIMIT");
        assertThat(quota.beginRecording(OFFICE)).isEmpty();
        assertThat(quota.beginRecording(OFFICE).orElseThrow()).contains("from 192.0.2.1");
        assertThat(quota.beginRecording(HOME)).isEmpty();
        quota.endRecording(OFFICE);
        assertThat(quota.beginRecording(OFFICE)).isEmpty();
    }

    @Test
    void says_when_the_next_recording_may_start_to_whoever_started_too_many() {
        settings.put("CALLER_STARTS_PER_MINUTE", "3");
        Quota quota = quota();
        for (int i = 0; i < 3; i++) {
            startAndStop(quota, OFFICE);
        }
        assertThat(quota.beginRecording(OFFICE).orElseThrow()).contains("CALLER_STARTS_PER_MINUTE", "in 21 s");
        startAndStop(quota, HOME);
        time.advance(Duration.ofSeconds(19));
        assertThat(quota.beginRecording(OFFICE)).isPresent();
        time.advance(Duration.ofSeconds(1));
        startAndStop(quota, OFFICE);
        assertThat(quota.beginRecording(OFFICE)).isPresent();
    }

    @Test
    void remembers_starts_after_the_last_connection_is_gone() {
        settings.put("CALLER_STARTS_PER_MINUTE", "1");
        Quota quota = quota();
        quota.openConnection(OFFICE);
        startAndStop(quota, OFFICE);
        quota.closeConnection(OFFICE);
        assertThat(quota.beginRecording(OFFICE)).isPresent();
        time.advance(Duration.ofMinutes(1));
        assertThat(quota.beginRecording(OFFICE)).isEmpty();
    }

    @Test
    void refuses_connections_beyond_the_callers_limit_until_one_closes() {
        settings.put("CALLER_SOCKETS", "2");
        Quota quota = quota();
        assertThat(quota.openConnection(OFFICE)).isEmpty();
        assertThat(quota.connectionRefusal(OFFICE)).isEmpty();
        assertThat(quota.openConnection(OFFICE)).isEmpty();
        assertThat(quota.connectionRefusal(OFFICE).orElseThrow()).contains("2 connections", "CALLER_SOCKETS");
        assertThat(quota.openConnection(OFFICE)).isPresent();
        assertThat(quota.openConnection(HOME)).isEmpty();
        quota.closeConnection(OFFICE);
        assertThat(quota.openConnection(OFFICE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "CALLER_LIMIT,0",
        "CALLER_LIMIT,many",
        "CALLER_STARTS_PER_MINUTE,-1",
        "CALLER_SOCKETS,0",
        "SESSION_LIMIT,0"
    })
    void refuses_limits_that_make_no_sense(String key, String value) {
        settings.put(key, value);
        assertThatThrownBy(this::quota)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(key + "=" + value);
    }

    @Test
    void measures_how_far_something_runs_ahead_without_credit_for_pauses() {
        long second = 1_000_000_000L;
        LeakyBucket bucket = new LeakyBucket(second / 32_000, 0);
        assertThat(bucket.add(64_000, 0)).isEqualTo(64_000);
        assertThat(bucket.add(32_000, second)).isEqualTo(64_000);
        assertThat(bucket.add(32_000, 100 * second)).isEqualTo(32_000);
    }

    private static void startAndStop(Quota quota, Caller caller) {
        assertThat(quota.beginRecording(caller)).isEmpty();
        quota.endRecording(caller);
    }

    private Quota quota() {
        Settings configured = new Settings(key -> Optional.ofNullable(settings.get(key)));
        return new Quota(configured, 20, DailyMinutes.unlimited(), time::nanoTime);
    }
}
