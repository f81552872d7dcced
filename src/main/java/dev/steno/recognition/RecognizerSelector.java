package dev.steno.recognition;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Chooses the engines once, from {@code TRANSCRIPTION_ENGINE}: one name, several in order of preference, or
 * {@code auto}, which is Amazon Transcribe when {@code S3_BUCKET} is set and Sphinx otherwise.
 */
@ApplicationScoped
public class RecognizerSelector {
    private static final String KEY = "TRANSCRIPTION_ENGINE";

    private static final String AUTO = "auto";

    private static final List<String> NAMES = List.of("amazon-transcribe", "sphinx", "realtime", "vosk");

    private final Engines engines;

    /** For the container's proxy only. */
    protected RecognizerSelector() {
        engines = null;
    }

    @Inject
    public RecognizerSelector(Settings settings, @Any Instance<SpeechRecognizer> recognizers) {
        this(settings, recognizers.stream().toList());
    }

    RecognizerSelector(Settings settings, List<SpeechRecognizer> recognizers) {
        String configured = settings.text(KEY, AUTO);
        List<String> names = names(settings, configured);
        List<SpeechRecognizer> order = names.stream()
                .map(name -> recognizers.stream()
                        .filter(each -> each.engine().equals(name))
                        .findFirst()
                        .orElseThrow(
                                () -> new InvalidSettingException(KEY, configured, present(recognizers, configured))))
                .toList();
        order.forEach(SpeechRecognizer::choose);
        Duration retry =
                settings.duration("ENGINE_RETRY", Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofHours(24));
        engines = new Engines(order, retry);
    }

    /** The engines in order of preference. */
    public Engines engines() {
        return engines;
    }

    /** The preferred engine. */
    public SpeechRecognizer selected() {
        return engines.first();
    }

    private static List<String> names(Settings settings, String configured) {
        List<String> names = Arrays.stream(configured.split(",", -1))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
        if (names.equals(List.of(AUTO))) {
            return List.of(automatic(settings));
        }
        if (!NAMES.containsAll(names) || Set.copyOf(names).size() < names.size()) {
            throw new InvalidSettingException(
                    KEY,
                    configured,
                    AUTO + ", " + String.join(", ", NAMES)
                            + ", or several of the latter in order of preference, separated by commas");
        }
        return names;
    }

    private static String automatic(Settings settings) {
        return settings.text("S3_BUCKET").isPresent() ? "amazon-transcribe" : "sphinx";
    }

    private static String present(List<SpeechRecognizer> recognizers, String wanted) {
        String engines = recognizers.stream().map(SpeechRecognizer::engine).collect(Collectors.joining(", "));
        String all = engines + ", which is all that this WAR has";
        return wanted.equalsIgnoreCase(AUTO) ? all + "; auto means sphinx until you set S3_BUCKET" : all;
    }
}
