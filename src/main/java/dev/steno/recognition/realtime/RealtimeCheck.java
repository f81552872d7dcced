package dev.steno.recognition.realtime;

import dev.steno.configuration.ConfigurationCheck;
import dev.steno.configuration.Settings;
import jakarta.enterprise.context.Dependent;

/** The settings of a Realtime server, also where another engine is used. */
@Dependent
class RealtimeCheck implements ConfigurationCheck {
    @Override
    public void check(Settings settings) {
        var unused = new RealtimeSettings(settings);
    }
}
