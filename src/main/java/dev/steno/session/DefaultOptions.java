package dev.steno.session;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import dev.steno.recognition.RefusedOptionsException;
import dev.steno.recognition.SpeechRecognizer;
import dev.steno.transcript.SessionId;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The configured options of a recording. Each option of the engine has a key made of its name: {@code language_code} is
 * {@code TRANSCRIBE_LANGUAGE_CODE}.
 */
final class DefaultOptions {
    private DefaultOptions() {}

    static Map<String, String> read(Settings settings, Set<String> names) {
        Map<String, String> options = new TreeMap<>();
        names.forEach(name -> settings.text(key(name)).ifPresent(value -> options.put(name, value)));
        return Map.copyOf(options);
    }

    /** The language of a recording with these options; refuses options that make no sense. */
    static String languageCode(Map<String, String> options, SpeechRecognizer recognizer) {
        try {
            return recognizer.prepare(SessionId.random(), options, Map.of()).languageCode();
        } catch (RefusedOptionsException e) {
            throw new InvalidSettingException(
                    key(e.option()),
                    options.getOrDefault(e.option(), ""),
                    "with the " + recognizer.engine() + " engine, " + e.option() + " " + e.problem(),
                    e);
        }
    }

    private static String key(String option) {
        return "TRANSCRIBE_" + option.toUpperCase(Locale.ROOT);
    }
}
