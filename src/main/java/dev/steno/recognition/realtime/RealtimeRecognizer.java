package dev.steno.recognition.realtime;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import dev.steno.recognition.LanguageOption;
import dev.steno.recognition.PhrasesOption;
import dev.steno.recognition.RecognitionException;
import dev.steno.recognition.RecognitionListener;
import dev.steno.recognition.RecognitionRequest;
import dev.steno.recognition.RecognitionStream;
import dev.steno.recognition.RefusedOptionsException;
import dev.steno.recognition.StreamLimits;
import dev.steno.recognition.remote.EngineFailures;
import dev.steno.recognition.remote.RemoteRecognizer;
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
public class RealtimeRecognizer extends RemoteRecognizer {
    static final EngineFailures FAILURES = new EngineFailures(
            "The Realtime server",
            "Check " + RealtimeSettings.URL
                    + ", REALTIME_DIALECT and REALTIME_MODEL, and whether the server runs there.",
            "Check " + RealtimeSettings.KEY + ".");

    /** speaches ends a session after 30 minutes, OpenAI after 60: five are left to find a pause in speech. */
    private static final Duration LONGEST = Duration.ofMinutes(25);

    private static final int THREADS = 2;

    private final RealtimeSettings settings;

    /** For the container's proxy only. */
    protected RealtimeRecognizer() {
        settings = null;
    }

    @Inject
    RealtimeRecognizer(Settings settings, StreamLimits limits, ContainerThreads threads) {
        this(settings, limits, () -> threads.pool("realtime", THREADS));
    }

    RealtimeRecognizer(Settings settings, StreamLimits limits, Supplier<Executor> threads) {
        super(limits, threads);
        this.settings = new RealtimeSettings(settings);
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
        choose(LONGEST, FAILURES);
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
        return PhrasesOption.prepare(id, defaults, options, languages());
    }

    /** The server does not say how far it has come: a replay or a file would only pile up there. */
    @Override
    public double maximumSpeed() {
        return 1.25;
    }

    /** How many streams could be opened now. */
    int freeStreams() {
        return chosen().freeStreams();
    }

    @Override
    public RecognitionStream open(RecognitionRequest request, RecognitionListener listener)
            throws RecognitionException {
        RealtimeSession session = new RealtimeSession(settings.model(), request.languageCode(), phrases(request));
        return chosen().open(
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
