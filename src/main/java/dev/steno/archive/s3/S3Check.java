package dev.steno.archive.s3;

import dev.steno.configuration.ConfigurationCheck;
import dev.steno.configuration.Settings;
import jakarta.enterprise.context.Dependent;

/** What is said about a bucket, also where none is named. */
@Dependent
class S3Check implements ConfigurationCheck {
    @Override
    public void check(Settings settings) {
        S3Bucket.check(settings);
        S3Encryption.check(settings);
    }
}
