package dev.steno.configuration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.NoSuchElementException;
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
                key -> value(config, key),
                key -> Optional.ofNullable(config.getConfigValue(key).getRawValue()));
    }

    private static Optional<String> value(Config config, String key) {
        try {
            return config.getOptionalValue(key, String.class);
        } catch (NoSuchElementException e) {
            return Optional.empty(); // by some servers, for a value that names something else that is not configured
        }
    }
}
