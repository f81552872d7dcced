package dev.steno.session;

import java.time.Duration;
import java.util.Set;

/**
 * What this node offers.
 *
 * @param recordingLimit concurrent recordings
 * @param recordings of them in use now
 */
public record ServiceDescription(
        String engine,
        Set<String> languages,
        String defaultLanguage,
        int recordingLimit,
        int recordings,
        Duration maxDuration,
        Duration resumeWindow) {}
