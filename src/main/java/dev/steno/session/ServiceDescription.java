package dev.steno.session;

import dev.steno.quota.DailyMinutes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What this node offers.
 *
 * @param engine the preferred one
 * @param engines all of them, the preferred one first
 * @param options names of what a recording may be started with
 * @param recordingLimit concurrent recordings
 * @param recordings of them in use now
 * @param connections open now, those without a recording included
 * @param minutes of today; empty without a limit
 * @param replayBuffer how far a client may run ahead of real time
 */
public record ServiceDescription(
        String engine,
        List<String> engines,
        Set<String> languages,
        String defaultLanguage,
        Set<String> options,
        int recordingLimit,
        int recordings,
        int connections,
        Optional<DailyMinutes.Status> minutes,
        Duration maxDuration,
        Duration resumeWindow,
        Duration replayBuffer) {}
