package dev.steno.session.node;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import dev.steno.recognition.Engines;
import dev.steno.recognition.RefusedOptionsException;
import dev.steno.recognition.SpeechRecognizer;
import dev.steno.transcript.SessionId;
import java.util.List;
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

    /** The language of a recording with these options; refuses options with which one of the engines cannot work. */
    static String languageCode(Map<String, String> options, Engines engines) {
        List<String> codes =
                engines.all().stream().map(each -> languageCode(options, each)).toList();
        return codes.get(0);
    }

    private static String languageCode(Map<String, String> configured, SpeechRecognizer recognizer) {
        Map<String, String> options = new TreeMap<>(configured);
        options.keySet().retainAll(recognizer.options());
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
