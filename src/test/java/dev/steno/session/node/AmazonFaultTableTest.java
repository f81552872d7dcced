package dev.steno.session.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.session.SessionEvent;
import dev.steno.testing.Wait;
import dev.steno.testing.transcribe.CoveredAudio;
import dev.steno.testing.transcribe.Fault;
import dev.steno.testing.transcribe.Fault.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every fault of the service at every stage of a recording: once, four times in a row, and for good. What the client
 * sees, which bytes are lost or come twice, and how long it takes until the client knows. The table is written to
 * {@code target/fault-table.md}.
 */
class AmazonFaultTableTest {
    private static final int AUDIO_BYTES = 6 * 32_000;

    /** Cases at once: most of the time each of them waits. */
    private static final int AT_ONCE = 10;

    private static final int FOR_GOOD = 50;

    /** Ten times as fast as for people: an engine that does not move is replaced after 3 real seconds at stop. */
    private static final Map<String, String> SETTINGS = Map.of("SESSION_STOP_TIMEOUT", "PT30S");

    /** Those that are played more than once; the others end a stream in the same way. */
    private static final Set<Kind> IN_A_ROW =
            EnumSet.of(Kind.REJECT, Kind.HANG_START, Kind.CLOSE, Kind.END, Kind.RESET_AT_END, Kind.HANG_AT_END);

    private static final byte[] AUDIO = noise();

    @TempDir
    private Path folder;

    /** When a fault happens. */
    private enum Stage {
        START(1),
        FIRST_FINAL(96_000),
        MID_SEGMENT(140_000),
        AT_STOP(AUDIO_BYTES),
        AFTER_END(0);

        private final int afterBytes;

        Stage(int afterBytes) {
            this.afterBytes = afterBytes;
        }
    }

    private record Case(Stage stage, Fault fault, int times) {
        String name() {
            String kind = fault.kind() == Kind.REJECT
                    ? "reject " + fault.status()
                    : fault.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
            String often = times == 1 ? "once" : times == FOR_GOOD ? "for good" : times + " times";
            return stage.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " | " + kind + " | " + often;
        }
    }

    private record Row(Case of, List<String> seen, long lost, long doubled, double toldSeconds) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %s | %d | %d | %.1f |",
                    of.name(),
                    String.join(", ", seen),
                    lost,
                    doubled,
                    toldSeconds);
        }
    }

    @Test
    void loses_and_doubles_nothing_in_any_fault_that_passes_and_tells_those_that_stay() throws Exception {
        List<Row> rows = play(Stream.of(1, 4, FOR_GOOD)
                .flatMap(times -> cases().filter(each -> times == 1 || IN_A_ROW.contains(each.fault.kind()))
                        .map(each -> new Case(each.stage, each.fault, times)))
                .toList());
        write(rows);
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.doubled).as(row.toString()).isZero();
            assertThat(row.seen)
                    .as(row.toString())
                    .last()
                    .isIn("saved", "recognizer_unavailable", "recognizer_failed", "busy");
        });
        assertThat(rows).filteredOn(row -> row.of.times == 1).allSatisfy(row -> {
            assertThat(row.lost).as(row.toString()).isZero();
            assertThat(row.seen).as(row.toString()).last().isEqualTo("saved");
        });
        assertThat(rows)
                .filteredOn(row -> row.of.times == 4 && row.of.stage != Stage.START)
                .allSatisfy(row -> assertThat(row.lost).as(row.toString()).isZero());
    }

    private static Stream<Case> cases() {
        List<Fault> inMidStream = List.of(
                Fault.exception("InternalFailureException", "oops"),
                Fault.of(Kind.RESET),
                Fault.of(Kind.GOAWAY),
                Fault.of(Kind.CLOSE),
                Fault.of(Kind.END),
                Fault.of(Kind.CORRUPT),
                Fault.of(Kind.STALL));
        Stream<Case> start = Stream.of(
                        Fault.reject(429, "LimitExceededException"),
                        Fault.reject(503, "ServiceUnavailableException"),
                        Fault.of(Kind.REFUSE_CONNECTION),
                        Fault.of(Kind.HANG_START))
                .map(fault -> new Case(Stage.START, fault, 1));
        Stream<Case> middle = Stream.of(Stage.values())
                .filter(stage -> stage != Stage.AFTER_END)
                .flatMap(stage -> inMidStream.stream().map(fault -> new Case(stage, fault.after(stage.afterBytes), 1)));
        // A service that ends its stream properly and never said anything is believed; one that left a partial open is
        // not.
        Stream<Case> mute = Stream.of(Stage.MID_SEGMENT, Stage.AT_STOP)
                .map(stage -> new Case(stage, Fault.of(Kind.MUTE).after(stage.afterBytes), 1));
        Stream<Case> end = Stream.of(Kind.HANG_AT_END, Kind.RESET_AT_END, Kind.END_WITHOUT_FINAL)
                .map(kind -> new Case(Stage.AFTER_END, Fault.of(kind), 1));
        return Stream.of(start, middle, mute, end).flatMap(each -> each);
    }

    private List<Row> play(List<Case> cases) throws Exception {
        List<AmazonSessions> free = Collections.synchronizedList(new ArrayList<>());
        ExecutorService players = Executors.newFixedThreadPool(AT_ONCE);
        try {
            for (int i = 0; i < AT_ONCE; i++) {
                AmazonSessions sessions = new AmazonSessions(Files.createDirectory(folder.resolve("j" + i)), SETTINGS);
                free.add(sessions);
                play(sessions, new Case(Stage.START, Fault.of(Kind.NONE), 1)); // the first call is slow
            }
            List<Future<Row>> rows = players.invokeAll(cases.stream()
                    .map(each -> (Callable<Row>) () -> {
                        AmazonSessions sessions = free.remove(0);
                        try {
                            return play(sessions, each);
                        } finally {
                            free.add(sessions);
                        }
                    })
                    .toList());
            List<Row> done = new ArrayList<>();
            for (Future<Row> row : rows) {
                done.add(row.get());
            }
            return done;
        } finally {
            players.shutdownNow();
            free.forEach(AmazonSessions::close);
        }
    }

    private static Row play(AmazonSessions amazon, Case fault) throws Exception {
        amazon.server.play(Collections.nCopies(fault.times, fault.fault).toArray(Fault[]::new));
        AmazonSessions.Client client = amazon.connect();
        long began = System.nanoTime();
        client.speak(AUDIO);
        client.session.stop();
        client.closed();
        double seconds = (System.nanoTime() - began) / 1e9 * AmazonSessions.HASTE;
        amazon.server.forgetFaults();
        // A stream that the stand-in does not read may not see that its connection is gone.
        Wait.until(
                Duration.ofSeconds(10),
                fault::name,
                () -> amazon.server.openStreams() == 0 || amazon.server.openConnections() == 0);
        CoveredAudio covered = CoveredAudio.of(client.finals(), AUDIO);
        return new Row(fault, seen(client), covered.lost(), covered.doubled(), seconds);
    }

    private static List<String> seen(AmazonSessions.Client client) {
        List<String> seen = new ArrayList<>();
        for (SessionEvent event : client.events()) {
            if (event instanceof SessionEvent.Status status) {
                seen.add(status.state().name().toLowerCase(Locale.ROOT));
            } else if (event instanceof SessionEvent.AudioDropped dropped) {
                seen.add("dropped " + dropped.start() + "-" + dropped.end());
            } else if (event instanceof SessionEvent.Problem problem) {
                seen.add(problem.code().wireName());
            }
        }
        boolean failed = seen.stream().anyMatch(what -> what.startsWith("recognizer") || what.equals("busy"));
        if (!failed && client.events().stream().anyMatch(SessionEvent.Saved.class::isInstance)) {
            seen.add("saved");
        }
        return seen;
    }

    private static void write(List<Row> rows) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "| stage | fault | how often | the client sees | bytes lost | bytes doubled | seconds until closed |",
                "|---|---|---|---|---|---|---|"));
        rows.forEach(row -> lines.add(row.toString()));
        Files.write(Path.of("target", "fault-table.md"), lines);
    }

    private static byte[] noise() {
        byte[] audio = new byte[AUDIO_BYTES];
        new Random(7).nextBytes(audio);
        return audio;
    }
}
