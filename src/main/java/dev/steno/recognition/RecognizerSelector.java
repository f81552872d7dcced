package dev.steno.recognition;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Chooses the engine once, from {@code TRANSCRIPTION_ENGINE}: its name, or {@code auto}, which is Amazon Transcribe when
 * {@code S3_BUCKET} is set and Sphinx otherwise.
 */
@ApplicationScoped
public class RecognizerSelector {
    private static final String KEY = "TRANSCRIPTION_ENGINE";

    private final SpeechRecognizer selected;

    /** For the container's proxy only. */
    protected RecognizerSelector() {
        selected = null;
    }

    @Inject
    public RecognizerSelector(Settings settings, @Any Instance<SpeechRecognizer> recognizers) {
        this(settings, recognizers.stream().toList());
    }

    RecognizerSelector(Settings settings, List<SpeechRecognizer> recognizers) {
        String wanted = settings.choice(KEY, "auto", "auto", "amazon-transcribe", "sphinx");
        String engine = wanted.equals("auto") ? automatic(settings) : wanted;
        Optional<SpeechRecognizer> found = recognizers.stream()
                .filter(each -> each.engine().equals(engine))
                .findFirst();
        selected = found.orElseThrow(() -> new InvalidSettingException(KEY, wanted, present(recognizers, wanted)));
    }

    public SpeechRecognizer selected() {
        return selected;
    }

    private static String automatic(Settings settings) {
        return settings.text("S3_BUCKET").isPresent() ? "amazon-transcribe" : "sphinx";
    }

    private static String present(List<SpeechRecognizer> recognizers, String wanted) {
        String engines = recognizers.stream().map(SpeechRecognizer::engine).collect(Collectors.joining(", "));
        String all = engines + ", which is all that this WAR has";
        return wanted.equals("auto") ? all + "; auto means sphinx until you set S3_BUCKET" : all;
    }
}
