package dev.steno.configuration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Binds {@link Settings} to MicroProfile Config: environment, system properties, or the server's own sources. */
@ApplicationScoped
public class SettingsProducer {
    @Produces
    @Singleton
    Settings settings() {
        Config config = ConfigProvider.getConfig();
        return new Settings(
                key -> config.getOptionalValue(key, String.class),
                key -> Optional.ofNullable(config.getConfigValue(key).getRawValue()));
    }
}
