package dev.steno.recognition.vosk;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import dev.steno.recognition.LanguageOption;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * A vosk-server. It answers each piece of audio when it has recognised it, which paces what is sent: no limit of speed
 * is needed, and a slow server is not swamped.
 */
@ApplicationScoped
public class VoskRecognizer extends RemoteRecognizer {
    private static final EngineFailures FAILURES = new EngineFailures(
            "The vosk-server",
            "Check " + VoskServers.KEY + ", and whether the vosk-server runs there.",
            "A vosk-server has no keys; check what stands before it.");

    /** It has no limit of its own. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private static final int THREADS = 2;

    private final VoskServers servers;

    /** For the container's proxy only. */
    protected VoskRecognizer() {
        servers = null;
    }

    @Inject
    VoskRecognizer(Settings settings, StreamLimits limits, ContainerThreads threads) {
        this(settings, limits, () -> threads.pool("vosk", THREADS));
    }

    VoskRecognizer(Settings settings, StreamLimits limits, Supplier<Executor> threads) {
        super(limits, threads);
        servers = VoskServers.from(settings);
    }

    @Override
    public String engine() {
        return "vosk";
    }

    @Override
    public void choose() {
        if (servers.isEmpty()) {
            throw new InvalidSettingException(
                    VoskServers.KEY,
                    "",
                    "with TRANSCRIPTION_ENGINE=vosk, the address of a vosk-server, such as ws://localhost:2700,"
                            + " or JSON {language: address}");
        }
        choose(LONGEST, FAILURES);
    }

    @Override
    public Set<String> languages() {
        return servers.languages();
    }

    /** What vosk calls a phrase list is a grammar: it would hear nothing but these words. */
    @Override
    public RecognitionRequest prepare(SessionId id, Map<String, String> defaults, Map<String, String> options)
            throws RefusedOptionsException {
        return LanguageOption.prepare(
                id,
                defaults,
                options,
                languages(),
                "cannot be used with a vosk-server, which would hear no other words");
    }

    /** How many streams could be opened now. */
    int freeStreams() {
        return chosen().freeStreams();
    }

    @Override
    public RecognitionStream open(RecognitionRequest request, RecognitionListener listener)
            throws RecognitionException {
        return chosen().open(
                        servers.server(request.languageCode()),
                        Optional.empty(),
                        line -> new VoskProtocol(line, FAILURES),
                        listener);
    }
}
