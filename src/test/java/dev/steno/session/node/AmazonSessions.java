package dev.steno.session.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.archive.RestorableRecordings;
import dev.steno.archive.TestArchive;
import dev.steno.configuration.Settings;
import dev.steno.quota.Quota;
import dev.steno.recognition.Engines;
import dev.steno.recognition.SpeechRecognizer;
import dev.steno.recognition.amazon.RecognizerUnderTest;
import dev.steno.session.ClientChannel;
import dev.steno.session.CloseCode;
import dev.steno.session.SessionConnection;
import dev.steno.session.SessionEvent;
import dev.steno.session.SessionEvent.Problem;
import dev.steno.session.Sharing;
import dev.steno.session.mailbox.SessionThreads;
import dev.steno.session.mailbox.TimeSource;
import dev.steno.session.recording.Recordings;
import dev.steno.session.recording.Storage;
import dev.steno.session.recording.Watchers;
import dev.steno.testing.Wait;
import dev.steno.testing.transcribe.TranscribeServer;
import dev.steno.testing.transcribe.TranscribeServerOptions;
import dev.steno.transcript.TranscriptSegment;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Sessions on Amazon Transcribe's stand-in, put together as in the container. Time runs ten times as fast as it does
 * for people.
 */
final class AmazonSessions implements AutoCloseable {
    static final int CHUNK_BYTES = 3_200;

    static final int HASTE = 10;

    /** Ten real seconds: the first call takes long on a busy machine, and nobody is to be given up for that. */
    private static final Map<String, String> SETTINGS = Map.of(
            "SESSION_STOP_TIMEOUT", "PT100S",
            "SESSION_DRAIN_TIMEOUT", "PT200S",
            "CALLER_STARTS_PER_MINUTE", "100000");

    final TestArchive archive;
    final TranscribeServer server = TranscribeServer.start(TranscribeServerOptions.defaults());
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private final Map<String, String> settings;
    private RecognizerUnderTest amazon;
    private NodeSessions sessions;

    AmazonSessions(Path journals) {
        this(journals, Map.of());
    }

    /** @param others settings that differ from the usual ones of tests */
    AmazonSessions(Path journals, Map<String, String> others) {
        settings = new HashMap<>(SETTINGS);
        settings.putAll(others);
        archive = new TestArchive(journals, clock);
        use(RecognizerUnderTest.against(server).hurried());
    }

    /** Goes on with another recogniser, for the recordings that begin from now on. */
    void use(RecognizerUnderTest.Builder recognizer) {
        if (amazon != null) {
            amazon.close();
        }
        amazon = recognizer.build();
        use(Engines.of(amazon.recognizer()));
    }

    /** As {@link #use(RecognizerUnderTest.Builder)}, with engines of the caller's. */
    void use(Engines engines) {
        Settings configured = new Settings(key -> Optional.ofNullable(settings.get(key)));
        Quota quota = Quotas.of(settings, engines.first());
        Storage storage = new Storage(archive.journal, archive.queue);
        TimeSource time = new HastyTime();
        SessionFactory factory = new SessionFactory(
                new RecordingDefaults(configured, engines),
                new Recordings(configured, storage, Watchers.NONE, quota, time),
                quota,
                Sharing.OFF,
                new SessionThreads(workers, time));
        sessions = new NodeSessions(configured, factory, quota, RestorableRecordings.NONE, started -> {});
        ScheduledFuture<?> ticks = clock.scheduleAtFixedRate(sessions::tick, 0, 100 / HASTE, TimeUnit.MILLISECONDS);
        assertThat(ticks.isCancelled()).isFalse();
    }

    /** The recogniser against {@link #server}, for a list of engines. */
    SpeechRecognizer amazon() {
        return amazon.recognizer();
    }

    NodeSessions sessions() {
        return sessions;
    }

    Client connect() {
        return new Client(channel -> sessions.open(channel, null));
    }

    /** The client comes back over a new connection, and is told where it is. */
    Client resume(Client lost, int finals) {
        String token = lost.events(SessionEvent.Connected.class).get(0).resumeToken();
        Client client = new Client(
                channel -> sessions.resume(channel, null, token, finals, 0).orElseThrow());
        client.await(SessionEvent.Connected.class::isInstance);
        return client;
    }

    void assertNothingLeft() throws InterruptedException {
        assertThat(server.awaitNoStream()).isTrue();
        assertThat(amazon.freePermits()).isEqualTo(25);
        assertThat(sessions.description().recordings()).isZero();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        workers.shutdownNow();
        amazon.close();
        server.close();
        archive.journal.close();
    }

    private static final class HastyTime implements TimeSource {
        private final Instant origin = Instant.now();
        private final long began = System.nanoTime();

        @Override
        public long nanoTime() {
            return (System.nanoTime() - began) * HASTE;
        }

        @Override
        public Instant now() {
            return origin.plusNanos(nanoTime());
        }
    }

    /** A client that speaks in hasty real time. */
    final class Client implements ClientChannel {
        private final List<SessionEvent> all = new ArrayList<>();
        private final List<Long> heardAt = new ArrayList<>();
        private final CompletableFuture<CloseCode> close = new CompletableFuture<>();
        final SessionConnection session;

        private Client(Function<ClientChannel, SessionConnection> connect) {
            session = connect.apply(this);
        }

        long resumedAt() {
            return events(SessionEvent.Connected.class).get(0).resumedAt().orElseThrow();
        }

        void speak(byte[] said) throws Exception {
            beginToSpeak(said).get(30, TimeUnit.SECONDS);
        }

        /** Completes when all is said, or the connection closed. */
        CompletableFuture<Void> beginToSpeak(byte[] said) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            int[] position = {0};
            ScheduledFuture<?> beat = clock.scheduleAtFixedRate(
                    () -> {
                        int from = position[0];
                        if (from == said.length || close.isDone()) {
                            done.complete(null);
                            return;
                        }
                        position[0] = Math.min(said.length, from + CHUNK_BYTES);
                        session.audio(Arrays.copyOfRange(said, from, position[0]));
                    },
                    0,
                    100 / HASTE,
                    TimeUnit.MILLISECONDS);
            return done.whenComplete((nothing, thrown) -> beat.cancel(false));
        }

        CloseCode closed() throws Exception {
            return close.get(60, TimeUnit.SECONDS);
        }

        void await(Predicate<SessionEvent> wanted) {
            Wait.until(Duration.ofSeconds(30), () -> events().toString(), () -> events().stream()
                    .anyMatch(wanted));
        }

        synchronized List<SessionEvent> events() {
            return List.copyOf(all);
        }

        /** The longest time between two results, in seconds for people. */
        synchronized double longestSilence() {
            long longest = 0;
            long last = 0;
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i) instanceof SessionEvent.Final || all.get(i) instanceof SessionEvent.Partial) {
                    longest = last == 0 ? 0 : Math.max(longest, heardAt.get(i) - last);
                    last = heardAt.get(i);
                }
            }
            return longest / 1e9 * HASTE;
        }

        <E extends SessionEvent> List<E> events(Class<E> kind) {
            return events().stream().filter(kind::isInstance).map(kind::cast).toList();
        }

        Problem problem() {
            return events(Problem.class).get(0);
        }

        List<TranscriptSegment> finals() {
            return events(SessionEvent.Final.class).stream()
                    .map(SessionEvent.Final::segment)
                    .toList();
        }

        @Override
        public synchronized void send(SessionEvent event) {
            all.add(event);
            heardAt.add(System.nanoTime());
        }

        @Override
        public void close(CloseCode code, String reason) {
            close.complete(code);
        }

        @Override
        public void giveUpIfStuck() {}

        /** As every WebSocket client does: while a busy machine takes long to answer, nothing else comes from here. */
        @Override
        public void keepAlive() {
            session.alive();
        }
    }
}
