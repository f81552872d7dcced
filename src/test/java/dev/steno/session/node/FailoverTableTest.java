package dev.steno.session.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.recognition.Engines;
import dev.steno.recognition.SpeechRecognizer;
import dev.steno.recognition.realtime.TestRealtime;
import dev.steno.recognition.vosk.TestVosk;
import dev.steno.session.SessionEvent;
import dev.steno.testing.Clip;
import dev.steno.testing.WordErrorRate;
import dev.steno.testing.engine.EngineServer;
import dev.steno.testing.engine.Hearing;
import dev.steno.testing.engine.Tones;
import dev.steno.testing.transcribe.CoveredAudio;
import dev.steno.testing.transcribe.Fault;
import dev.steno.testing.transcribe.Fault.Kind;
import dev.steno.transcript.TranscriptSegment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An engine breaks in mid-recording and stays away; the next one goes on. Which bytes are lost or come twice, by hashes
 * of what the engines were sent; for dialects that convert or cut the audio, which words. Written to {@code
 * target/failover-table.md}; all faults with {@code -Dsteno.failover=all}.
 */
class FailoverTableTest {
    private static final boolean ALL = "all".equals(System.getProperty("steno.failover"));

    private static final byte[] NOISE = noise(7 * 32_000);

    private static final Clip SPEECH =
            Tones.speak("alpha bravo charlie. delta echo foxtrot golf. hotel india. juliet alpha");

    /** Behind the first final, in the middle of the next one. */
    private static final int MID_SEGMENT = 110_000;

    private static final int AT_ONCE = 4;

    /** As many as the tries may take. */
    private static final int FOR_GOOD = 40;

    private final ExecutorService http = Executors.newFixedThreadPool(2);

    @TempDir
    private Path folder;

    /** @param hashes whether both engines are sent the audio as it is */
    private record Case(String before, String after, Fault fault, boolean hashes) {
        byte[] audio() {
            return hashes ? NOISE : SPEECH.audio();
        }

        String name() {
            String when = fault.midStream() ? "mid-segment " : "";
            return before + " | " + after + " | " + when
                    + fault.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** @param told the engine that the last {@code status} named */
    private record Row(
            Case of, long lost, long doubled, String words, double silence, Set<String> engines, String told) {
        @Override
        public String toString() {
            String bytes = of.hashes ? lost + " | " + doubled : "- | -";
            return String.format(Locale.ROOT, "| %s | %s | %s | %.1f |", of.name(), bytes, words, silence);
        }
    }

    @Test
    void loses_and_doubles_nothing_when_another_engine_goes_on() throws Exception {
        List<Row> rows = play(cases());
        write(rows);
        assertThat(rows).isNotEmpty().allSatisfy(row -> {
            assertThat(row.lost).as(row.toString()).isZero();
            assertThat(row.doubled).as(row.toString()).isZero();
            assertThat(row.words).as(row.toString()).isEqualTo("0");
            assertThat(row.engines).as(row.toString()).last().isEqualTo(engine(row.of.after));
            assertThat(row.told).as(row.toString()).isEqualTo(engine(row.of.after));
        });
    }

    private static List<Case> cases() {
        List<Fault> faults = ALL
                ? List.of(
                        Fault.reject(503, "ServiceUnavailableException"),
                        Fault.of(Kind.REFUSE_CONNECTION),
                        Fault.of(Kind.HANG_START),
                        Fault.exception("InternalFailureException", "oops").after(MID_SEGMENT),
                        Fault.of(Kind.RESET).after(MID_SEGMENT),
                        Fault.of(Kind.CLOSE).after(MID_SEGMENT),
                        Fault.of(Kind.END).after(MID_SEGMENT),
                        Fault.of(Kind.CORRUPT).after(MID_SEGMENT),
                        Fault.of(Kind.STALL).after(MID_SEGMENT))
                : List.of(Fault.of(Kind.CLOSE).after(MID_SEGMENT));
        Stream<Case> exact = Stream.of(
                        "amazon vosk", "amazon nemo", "vosk amazon", "vosk nemo", "nemo vosk", "nemo amazon")
                .flatMap(pair -> faults.stream().map(fault -> of(pair, fault, true)));
        Stream<Case> words = Stream.of("openai vosk", "vosk openai", "vllm vosk", "vosk vllm")
                .flatMap(pair -> faults.stream().map(fault -> of(pair, fault, false)));
        return Stream.concat(exact, words).toList();
    }

    private static Case of(String pair, Fault fault, boolean hashes) {
        String[] engines = pair.split(" ", -1);
        return new Case(engines[0], engines[1], fault, hashes);
    }

    private List<Row> play(List<Case> cases) throws Exception {
        ExecutorService players = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Row> rows = new ArrayList<>();
            for (Future<Row> row : players.invokeAll(
                    cases.stream().map(each -> (Callable<Row>) () -> play(each)).toList())) {
                rows.add(row.get());
            }
            return rows;
        } finally {
            players.shutdownNow();
            http.shutdownNow();
        }
    }

    private Row play(Case of) throws Exception {
        Path journals = Files.createTempDirectory(folder, "j");
        try (AmazonSessions sessions = new AmazonSessions(journals, Map.of("SESSION_STOP_TIMEOUT", "PT30S"));
                EngineServer vosk = EngineServer.vosk(ear(of));
                EngineServer realtime = realtime(of)) {
            Function<String, SpeechRecognizer> recognizers = name -> switch (name) {
                case "amazon" -> sessions.amazon();
                case "vosk" ->
                    TestVosk.recognizer(Map.of("VOSK_URL", vosk.address().toString()), http);
                default ->
                    TestRealtime.recognizer(
                            Map.of(
                                    "REALTIME_URL",
                                    realtime.address().toString(),
                                    "REALTIME_API_KEY",
                                    EngineServer.KEY,
                                    "REALTIME_DIALECT",
                                    name),
                            http);
            };
            sessions.use(new Engines(
                    List.of(recognizers.apply(of.before), recognizers.apply(of.after)), Duration.ofMinutes(30)));
            Fault[] faults = faults(of.fault);
            switch (of.before) {
                case "amazon" -> sessions.server.play(faults);
                case "vosk" -> vosk.play(faults);
                default -> realtime.play(faults);
            }
            AmazonSessions.Client client = sessions.connect();
            client.speak(of.audio());
            client.session.stop();
            client.closed();
            return row(of, client);
        }
    }

    /** It stays away after it broke. */
    private static Fault[] faults(Fault first) {
        Fault then = first.midStream() ? Fault.reject(503, "ServiceUnavailableException") : first;
        List<Fault> all = new ArrayList<>(List.of(first));
        all.addAll(Collections.nCopies(FOR_GOOD, then));
        return all.toArray(Fault[]::new);
    }

    private static Hearing.Maker ear(Case of) {
        return of.hashes ? Hearing::hashes : Tones::hearing;
    }

    private static EngineServer realtime(Case of) {
        return Stream.of(of.before, of.after).anyMatch("openai"::equals)
                ? EngineServer.openAi(Tones::hearing)
                : Stream.of(of.before, of.after).anyMatch("vllm"::equals)
                        ? EngineServer.vllm(Tones::hearing)
                        : EngineServer.nemo(ear(of));
    }

    private static Row row(Case of, AmazonSessions.Client client) throws Exception {
        List<TranscriptSegment> finals = client.finals();
        Set<String> engines = finals.stream()
                .map(segment -> segment.engine().orElse("none"))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        double silence = client.longestSilence();
        List<SessionEvent.Status> statuses = client.events(SessionEvent.Status.class);
        String told = statuses.get(statuses.size() - 1).engine();
        if (of.hashes) {
            CoveredAudio covered = CoveredAudio.of(finals, of.audio());
            return new Row(of, covered.lost(), covered.doubled(), "0", silence, engines, told);
        }
        String heard = finals.stream().map(TranscriptSegment::text).collect(Collectors.joining(" "));
        int errors = WordErrorRate.of(SPEECH.text(), heard).errors();
        return new Row(of, 0, 0, errors == 0 ? "0" : errors + ": " + heard, silence, engines, told);
    }

    private static String engine(String name) {
        return switch (name) {
            case "amazon" -> "amazon-transcribe";
            case "vosk" -> "vosk";
            default -> "realtime";
        };
    }

    private static void write(List<Row> rows) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "| engine before | after | fault | bytes lost | bytes doubled | words wrong | seconds without results |",
                "|---|---|---|---|---|---|---|"));
        rows.forEach(row -> lines.add(row.toString()));
        Files.write(Path.of("target", "failover-table.md"), lines);
    }

    private static byte[] noise(int bytes) {
        byte[] audio = new byte[bytes];
        new Random(7).nextBytes(audio);
        return audio;
    }
}
