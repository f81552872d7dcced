package dev.steno.aws;

import dev.steno.configuration.ConfigurationCheck;
import dev.steno.configuration.Settings;
import jakarta.enterprise.context.Dependent;

/** Region and endpoints. Half a pair of keys may be another program's: it is refused where AWS is used. */
@Dependent
class AwsCheck implements ConfigurationCheck {
    @Override
    public void check(Settings settings) {
        AwsSettings.check(settings);
    }
}
