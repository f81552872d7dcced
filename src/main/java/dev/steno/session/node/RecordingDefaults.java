package dev.steno.session.node;

import dev.steno.configuration.Settings;
import dev.steno.recognition.EngineOrder;
import dev.steno.recognition.Engines;
import dev.steno.recognition.RecognizerSelector;
import dev.steno.recognition.RefusedOptionsException;
import dev.steno.session.recording.RecordingLimits;
import dev.steno.session.recording.RecordingOptions;
import dev.steno.transcript.SessionId;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Map;

/** The engines of recordings, and the options with which they are used unless {@code start} says otherwise. */
@Dependent
class RecordingDefaults {
    private final Engines engines;
    private final Map<String, String> options;
    private final String languageCode;

    @Inject
    RecordingDefaults(Settings settings, RecognizerSelector selector) {
        this(settings, selector.engines());
    }

    RecordingDefaults(Settings settings, Engines engines) {
        this.engines = engines;
        options = DefaultOptions.read(settings, engines.options());
        languageCode = DefaultOptions.languageCode(options, engines);
        RecordingLimits.check(settings, engines);
    }

    Engines engines() {
        return engines;
    }

    /** Of a recording with the configured options; may be {@code auto}. */
    String languageCode() {
        return languageCode;
    }

    /**
     * @param wanted options of {@code start}, by name
     * @param live whether audio comes as it is spoken
     */
    EngineOrder prepare(SessionId session, Map<String, String> wanted, boolean live) throws RefusedOptionsException {
        return engines.prepare(session, options, RecordingOptions.forEngine(wanted, live));
    }
}
