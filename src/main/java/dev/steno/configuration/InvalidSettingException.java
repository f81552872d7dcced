package dev.steno.configuration;

/**
 * A configuration value that makes no sense. Stops the deployment; the message names key, value and what is allowed.
 */
public final class InvalidSettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidSettingException(String key, String value, String allowed) {
        super("Configuration: " + key + "=" + value + " makes no sense. Allowed: " + allowed + ".");
    }

    /**
     * @param reason kept as suppressed: Weld unwraps what a producer throws, and a cause would be shown instead of this
     */
    public InvalidSettingException(String key, String value, String allowed, Throwable reason) {
        this(key, value, allowed);
        addSuppressed(reason);
    }
}
