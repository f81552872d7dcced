package dev.steno.session.node;

import dev.steno.configuration.Settings;
import dev.steno.quota.DailyMinutes;
import dev.steno.quota.Quota;
import dev.steno.recognition.SpeechRecognizer;
import java.util.Map;
import java.util.Optional;

/** Quotas for tests that are about something else. */
public final class Quotas {
    private Quotas() {}

    public static Quota of(Map<String, String> settings, SpeechRecognizer recognizer) {
        return new Quota(
                new Settings(key -> Optional.ofNullable(settings.get(key))),
                recognizer.recordingLimit(),
                DailyMinutes.unlimited(),
                System::nanoTime);
    }
}
