package dev.steno.recognition.vosk;

import dev.steno.configuration.ConfigurationCheck;
import dev.steno.configuration.Settings;
import jakarta.enterprise.context.Dependent;

/** The addresses of vosk-servers, also where another engine is used. */
@Dependent
class VoskCheck implements ConfigurationCheck {
    @Override
    public void check(Settings settings) {
        VoskServers.from(settings);
    }
}
