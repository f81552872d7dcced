package dev.steno.recognition.sphinx;

import dev.steno.configuration.ConfigurationCheck;
import dev.steno.configuration.Settings;
import jakarta.enterprise.context.Dependent;

/** The size of the pool, also where another engine is used. */
@Dependent
class SphinxCheck implements ConfigurationCheck {
    @Override
    public void check(Settings settings) {
        SphinxRecognizer.pool(settings);
    }
}
