package dev.steno.configuration;

/**
 * Reads the settings of a feature that is not used, which nobody would read otherwise: a value that makes no sense
 * stops the deployment all the same. A package with such settings has a bean of this type.
 */
public interface ConfigurationCheck {
    /** @throws InvalidSettingException for a value that makes no sense whatever else is configured */
    void check(Settings settings);
}
