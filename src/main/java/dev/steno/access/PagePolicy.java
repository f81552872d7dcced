package dev.steno.access;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the operator allows the page: to stand in other sites' frames, and to keep transcripts in the reader's browser.
 */
@ApplicationScoped
public class PagePolicy {
    private static final String EMBED = "EMBED_ORIGINS";
    private static final String HISTORY = "BROWSER_HISTORY";
    /** A source of the Content-Security-Policy; nothing that could end the directive. */
    private static final Pattern ORIGIN = Pattern.compile("https?://(\\*\\.)?[A-Za-z0-9.-]+(:\\d{1,5})?");

    private final String frameAncestors;
    private final boolean browserHistory;

    /** For the container's proxy only. */
    protected PagePolicy() {
        frameAncestors = "";
        browserHistory = false;
    }

    @Inject
    public PagePolicy(Settings settings) {
        List<String> origins = settings.list(EMBED);
        for (String origin : origins) {
            if (!ORIGIN.matcher(origin).matches()) {
                throw new InvalidSettingException(
                        EMBED, origin, "origins such as https://intranet.example.com, separated by commas");
            }
        }
        frameAncestors = origins.isEmpty() ? "'none'" : "'self' " + String.join(" ", origins);
        browserHistory = settings.flag(HISTORY, true);
    }

    /** The sources of {@code frame-ancestors}. */
    public String frameAncestors() {
        return frameAncestors;
    }

    /** Whether browsers keep their own recordings' text. */
    public boolean browserHistory() {
        return browserHistory;
    }
}
