package dev.steno.aws;

import dev.steno.configuration.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** One credentials chain for the application, so that roles and profiles are looked up and refreshed once. */
@ApplicationScoped
public class AwsSettingsProducer {
    @Produces
    @Singleton
    AwsSettings awsSettings(Settings settings) {
        return new AwsSettings(settings);
    }
}
