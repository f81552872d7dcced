package dev.steno.access;

import dev.steno.configuration.ConfigurationCheck;
import dev.steno.configuration.Settings;
import jakarta.enterprise.context.Dependent;

/** Tokens and how they may be shown, also where nobody has to sign in. */
@Dependent
class AccessCheck implements ConfigurationCheck {
    @Override
    public void check(Settings settings) {
        DoorAccess.queryToken(settings);
        if (settings.secret(BearerTokens.KEY).isPresent()) {
            var unused = new BearerTokens(settings);
        }
    }
}
