package dev.steno.translation.libretranslate;

import dev.steno.configuration.ConfigurationCheck;
import dev.steno.configuration.Settings;
import jakarta.enterprise.context.Dependent;

/** The address of LibreTranslate, also where nothing is translated. */
@Dependent
class LibreTranslateCheck implements ConfigurationCheck {
    @Override
    public void check(Settings settings) {
        if (settings.text(LibreTranslateProducer.TRANSLATION_URL).isPresent()) {
            LibreTranslateProducer.url(settings);
        }
    }
}
