package dev.steno.session.node;

import dev.steno.archive.RestorableRecording;
import dev.steno.caller.Caller;
import dev.steno.quota.Quota;
import dev.steno.recognition.RefusedOptionsException;
import dev.steno.session.Sharing;
import dev.steno.session.mailbox.SessionExecutors;
import dev.steno.session.mailbox.SessionThreads;
import dev.steno.session.mailbox.SessionWorker;
import dev.steno.session.mailbox.TimeSource;
import dev.steno.session.recording.RecordingRequest;
import dev.steno.session.recording.Recordings;
import dev.steno.transcript.SessionId;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.function.Consumer;

/** Makes the sessions of a node from what they share. Thread-safe. */
@Dependent
class SessionFactory {
    /** Waiting client frames of one session: a 45 s backlog in frames of 10 ms, and room to spare. */
    private static final int CLIENT_TASKS = 8_192;

    private final RecordingDefaults defaults;
    private final Recordings recordings;
    private final Sharing sharing;
    private final SessionThreads threads;
    private final SessionRegistry registry;
    private final Places places;

    @Inject
    SessionFactory(
            RecordingDefaults defaults,
            Recordings recordings,
            Quota quota,
            Instance<Sharing> sharing,
            SessionExecutors executors) {
        this(
                defaults,
                recordings,
                quota,
                sharing.isResolvable() ? sharing.get() : Sharing.OFF,
                new SessionThreads(executors.executor(), TimeSource.system()));
    }

    SessionFactory(
            RecordingDefaults defaults, Recordings recordings, Quota quota, Sharing sharing, SessionThreads threads) {
        this.defaults = defaults;
        this.recordings = recordings;
        this.sharing = sharing;
        this.threads = threads;
        registry = new SessionRegistry(threads.time());
        places = new Places(quota, registry);
    }

    /** @param onFault hears, on the worker, of a task that threw */
    SessionWorker worker(Consumer<Throwable> onFault) {
        return new SessionWorker(threads.executor(), CLIENT_TASKS, onFault);
    }

    /** @param caller whom the session belongs to */
    TranscriptionSession create(Caller caller, SessionLimits limits) {
        return new TranscriptionSession(this, new SessionOwner(SessionId.random(), caller), limits);
    }

    /**
     * A session that goes on after its process ended, for a client that is about to resume it.
     *
     * @throws RefusedOptionsException if the recording's options are not possible on this server
     */
    TranscriptionSession restore(Caller caller, SessionLimits limits, RestorableRecording lost)
            throws RefusedOptionsException {
        SessionOwner owner = new SessionOwner(lost.recording().sessionId(), caller);
        RecordingRequest request = new RecordingRequest(
                defaults.prepare(owner.id(), lost.options(), false), lost.options(), caller, limits.live());
        TranscriptionSession session = new TranscriptionSession(this, owner, limits);
        session.restore(request, lost);
        return session;
    }

    RecordingDefaults defaults() {
        return defaults;
    }

    Recordings recordings() {
        return recordings;
    }

    Sharing sharing() {
        return sharing;
    }

    SessionThreads threads() {
        return threads;
    }

    TimeSource time() {
        return threads.time();
    }

    SessionRegistry registry() {
        return registry;
    }

    Places places() {
        return places;
    }
}
