package dev.steno.recognition.realtime;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import dev.steno.recognition.LanguageOption;
import dev.steno.recognition.PhrasesOption;
import dev.steno.recognition.RecognitionException;
import dev.steno.recognition.RecognitionListener;
import dev.steno.recognition.RecognitionRequest;
import dev.steno.recognition.RecognitionStream;
import dev.steno.recognition.RecognizerStatus;
import dev.steno.recognition.RefusedOptionsException;
import dev.steno.recognition.SpeechRecognizer;
import dev.steno.recognition.StreamLimits;
import dev.steno.recognition.remote.EngineFailures;
import dev.steno.recognition.remote.RemoteEngine;
import dev.steno.threads.ContainerThreads;
import dev.steno.transcript.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** A server of the Realtime protocol. Words have times only where the server tells them: the NeMo dialect. */
@ApplicationScoped
public class RealtimeRecognizer implements SpeechRecognizer {
    static final EngineFailures FAILURES = new EngineFailures(
            "The Realtime server",
            "Check " + RealtimeSettings.URL
                    + ", REALTIME_DIALECT and REALTIME_MODEL, and whether the server runs there.",
            "Check " + RealtimeSettings.KEY + ".");

    /** speaches ends a session after 30 minutes, OpenAI after 60: five are left to find a pause in speech. */
    private static final Duration LONGEST = Duration.ofMinutes(25);

    private static final int THREADS = 2;

    private final StreamLimits limits;
    private final RealtimeSettings settings;
    private final Supplier<Executor> threads;
    private volatile RemoteEngine engine;

    /** For the container's proxy only. */
    protected RealtimeRecognizer() {
        limits = null;
        settings = null;
        threads = null;
    }

    @Inject
    RealtimeRecognizer(Settings settings, StreamLimits limits, ContainerThreads threads) {
        this(settings, limits, () -> threads.pool("realtime", THREADS));
    }

    RealtimeRecognizer(Settings settings, StreamLimits limits, Supplier<Executor> threads) {
        this.limits = limits;
        this.settings = new RealtimeSettings(settings);
        this.threads = threads;
    }

    @Override
    public String engine() {
        return "realtime";
    }

    @Override
    public void choose() {
        if (settings.address().isEmpty()) {
            throw new InvalidSettingException(
                    RealtimeSettings.URL,
                    "",
                    "with TRANSCRIPTION_ENGINE=realtime, the address of the server, such as"
                            + " ws://localhost:8000/v1/realtime");
        }
        engine = new RemoteEngine(limits, LONGEST, FAILURES, threads.get());
    }

    @Override
    public Set<String> languages() {
        return RealtimeLanguages.ALL;
    }

    @Override
    public Set<String> options() {
        return settings.dialect().takesPhrases()
                ? Set.of(LanguageOption.NAME, PhrasesOption.NAME)
                : Set.of(LanguageOption.NAME);
    }

    @Override
    public RecognitionRequest prepare(SessionId id, Map<String, String> defaults, Map<String, String> options)
            throws RefusedOptionsException {
        if (!settings.dialect().takesPhrases()) {
            return LanguageOption.prepare(
                    id, defaults, options, languages(), "cannot be used with this engine, which takes no hints");
        }
        for (String name : options.keySet()) {
            if (!options().contains(name)) {
                throw RefusedOptionsException.unknownOption(name, options());
            }
        }
        String phrases = options.getOrDefault(PhrasesOption.NAME, defaults.getOrDefault(PhrasesOption.NAME, ""));
        return new RecognitionRequest(
                id,
                LanguageOption.choose(defaults, options, languages()),
                Map.of(PhrasesOption.NAME, String.join(",", PhrasesOption.parse(phrases))));
    }

    @Override
    public int streamLimit() {
        return limits.streams();
    }

    @Override
    public int recordingLimit() {
        return limits.recordings();
    }

    /** The server does not say how far it has come: a replay or a file would only pile up there. */
    @Override
    public double maximumSpeed() {
        return 1.25;
    }

    /** What the server may take for each of two answers. */
    @Override
    public Duration startTimeout() {
        return limits.startTimeout().multipliedBy(2);
    }

    @Override
    public Duration stallTimeout() {
        return limits.stallTimeout();
    }

    @Override
    public RecognizerStatus status() {
        return engine.status();
    }

    int freeStreams() {
        return engine.freeStreams();
    }

    @Override
    public RecognitionStream open(RecognitionRequest request, RecognitionListener listener)
            throws RecognitionException {
        RealtimeSession session = new RealtimeSession(settings.model(), request.languageCode(), phrases(request));
        return engine.open(
                settings.address().orElseThrow(),
                settings.key(),
                line -> settings.dialect().protocol(line, session),
                listener);
    }

    private static List<String> phrases(RecognitionRequest request) {
        String joined = request.options().getOrDefault(PhrasesOption.NAME, "");
        return joined.isEmpty() ? List.of() : List.of(joined.split(",", -1));
    }
}
