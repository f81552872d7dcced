package dev.steno.session.node;

import dev.steno.archive.RestorableRecordings;
import dev.steno.archive.TestArchive;
import dev.steno.archive.TranscriptDocuments;
import dev.steno.caller.Caller;
import dev.steno.configuration.Settings;
import dev.steno.quota.DailyMinutes;
import dev.steno.quota.Quota;
import dev.steno.recognition.Engines;
import dev.steno.session.RecordingListener;
import dev.steno.session.SessionObserver;
import dev.steno.session.Sharing;
import dev.steno.session.mailbox.ManualTimeSource;
import dev.steno.session.mailbox.SessionThreads;
import dev.steno.session.recording.Recordings;
import dev.steno.session.recording.Storage;
import dev.steno.session.recording.Watchers;
import dev.steno.testing.FakeRecognizer;
import dev.steno.testing.ManualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sessions on the calling thread, in a time of their own, with a recogniser that says what the test wants and an
 * archive in memory.
 */
abstract class SessionFixture {
    /** 100 ms. */
    static final byte[] CHUNK = new byte[3_200];

    final ManualTime time = new ManualTime();
    final FakeRecognizer recognizer = new FakeRecognizer();
    /** Others need new {@link #sessions()}. */
    final Map<String, String> settings = new HashMap<>();

    @TempDir
    Path folder;

    TestArchive archive;
    NodeSessions sessions;
    private RestorableRecordings lost = RestorableRecordings.NONE;

    private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor();

    /** Who connects; null for nobody in particular. */
    Caller caller() {
        return null;
    }

    Engines engines() {
        return Engines.of(recognizer);
    }

    SessionObserver observer() {
        return SessionObserver.NONE;
    }

    RecordingListener listener() {
        return RecordingListener.NONE;
    }

    Sharing sharing() {
        return Sharing.OFF;
    }

    @BeforeEach
    void open() {
        archive = new TestArchive(folder, schedule);
        sessions = sessions();
    }

    @AfterEach
    void close() {
        schedule.shutdownNow();
        archive.journal.close();
    }

    NodeSessions sessions() {
        return sessions(Runnable::run);
    }

    NodeSessions sessions(Executor executor) {
        Settings configured = new Settings(key -> Optional.ofNullable(settings.get(key)));
        DailyMinutes minutes = new DailyMinutes(configured, folder, Runnable::run, time::now);
        Quota quota = new Quota(configured, recognizer.recordingLimit(), minutes, time::nanoTime);
        ManualTimeSource clock = new ManualTimeSource(time);
        SessionFactory factory = new SessionFactory(
                new RecordingDefaults(configured, engines()),
                new Recordings(
                        configured,
                        new Storage(archive.journal, archive.queue),
                        new Watchers(observer(), listener()),
                        quota,
                        clock),
                quota,
                sharing(),
                new SessionThreads(executor, clock));
        return new NodeSessions(configured, factory, quota, lost, started -> {});
    }

    /** As after {@code kill -9}: another process finds the journals, and knows nothing else. */
    void killAndRestart(Duration window) {
        archive.journal.close();
        List<TranscriptDocuments> stored = archive.stored;
        archive = new TestArchive(folder, schedule);
        archive.stored.addAll(stored);
        recognizer.streams.clear();
        lost = archive.lost(window, schedule);
        sessions = sessions();
    }

    RecordedClient connect() {
        return new RecordedClient(channel -> sessions.open(channel, caller()));
    }

    /** A client whose recording has begun, with one chunk. */
    RecordedClient recording() {
        RecordedClient client = connect();
        client.session.audio(CHUNK);
        return client;
    }

    void tick(Duration later) {
        time.advance(later);
        sessions.tick();
    }
}
