package dev.steno.session.node;

import dev.steno.archive.RestorableRecording;
import dev.steno.archive.RestorableRecordings;
import dev.steno.caller.Caller;
import dev.steno.caller.Visit;
import dev.steno.configuration.Settings;
import dev.steno.quota.Quota;
import dev.steno.recognition.Engines;
import dev.steno.recognition.RecognizerSelector;
import dev.steno.recognition.RefusedOptionsException;
import dev.steno.recognition.SpeechRecognizer;
import dev.steno.session.ClientChannel;
import dev.steno.session.CloseCode;
import dev.steno.session.ErrorCode;
import dev.steno.session.ServiceDescription;
import dev.steno.session.SessionConnection;
import dev.steno.session.SessionEvent;
import dev.steno.session.Sharing;
import dev.steno.session.TranscriptionSessions;
import dev.steno.session.mailbox.SessionExecutors;
import dev.steno.session.mailbox.SessionWorker;
import dev.steno.session.mailbox.TimeSource;
import dev.steno.session.recording.Recordings;
import dev.steno.session.recording.Storage;
import dev.steno.session.recording.Watchers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.security.Principal;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Opens the sessions of this node, gives them time, and ends them at shutdown. Thread-safe. */
@ApplicationScoped
public class NodeSessions implements TranscriptionSessions {
    /** Ended sessions that are kept, so that their clients can come back for the end of it; a session ends about a second. */
    private static final int ENDED = 1_000;

    /** Between looks for clients that do not read, which are given 15 s. */
    private static final long LOOK_NANOS = 1_000_000_000L;

    private static final System.Logger LOG = System.getLogger(NodeSessions.class.getName());

    private final Set<TranscriptionSession> sessions = ConcurrentHashMap.newKeySet();
    private final ResumeTokens tokens = new ResumeTokens();
    private final Queue<EndedSession> ended = new ConcurrentLinkedQueue<>();
    /** Open connections, those included whose session is over. */
    private final Map<ClientChannel, Caller> connections = new ConcurrentHashMap<>();

    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private final Map<String, CompletableFuture<Optional<TranscriptionSession>>> restoring = new ConcurrentHashMap<>();
    private final SessionContext context;
    private final RestorableRecordings lost;
    private final Consumer<NodeSessions> clock;
    private final SessionWorker watch;
    private volatile boolean draining;
    private long lookedAt;

    /** A session and the moment of its end, as {@link TimeSource#nanoTime}. */
    private record EndedSession(TranscriptionSession session, long at) {}

    /** For the container's proxy only. */
    protected NodeSessions() {
        context = null;
        lost = null;
        clock = null;
        watch = null;
    }

    @Inject
    public NodeSessions(
            Settings settings,
            RecognizerSelector selector,
            Quota quota,
            Storage storage,
            SessionExecutors executors,
            Watchers watchers,
            Instance<Sharing> sharing,
            RestorableRecordings lost) {
        this(
                settings,
                selector.engines(),
                quota,
                storage,
                executors.executor(),
                TimeSource.system(),
                sessions -> executors.start(sessions::tick),
                watchers,
                sharing.isResolvable() ? sharing.get() : Sharing.OFF,
                lost);
    }

    NodeSessions(
            Settings settings,
            SpeechRecognizer recognizer,
            Quota quota,
            Storage storage,
            Executor executor,
            TimeSource time) {
        this(
                settings,
                Engines.of(recognizer),
                quota,
                storage,
                executor,
                time,
                sessions -> {},
                Watchers.NONE,
                Sharing.OFF,
                RestorableRecordings.NONE);
    }

    /** @param clock told of each connection, so that it gives sessions time from then on */
    NodeSessions(
            Settings settings,
            Engines engines,
            Quota quota,
            Storage storage,
            Executor executor,
            TimeSource time,
            Consumer<NodeSessions> clock,
            Watchers watchers,
            Sharing sharing,
            RestorableRecordings lost) {
        this.clock = clock;
        this.lost = lost;
        SessionLimits limits = SessionLimits.from(settings, lost.shared());
        Map<String, String> defaults = DefaultOptions.read(settings, engines.options());
        context = new SessionContext(
                engines,
                defaults,
                DefaultOptions.languageCode(defaults, engines),
                limits,
                new Recordings(settings, storage, watchers, quota, time),
                quota,
                executor,
                time,
                tokens,
                this::onEnded,
                this::endLost,
                watchers.observer(),
                sharing);
        lookedAt = time.nanoTime();
        watch = new SessionWorker(
                executor, 1, fault -> LOG.log(System.Logger.Level.ERROR, "A connection could not be closed.", fault));
    }

    @Override
    public boolean enter(ClientChannel channel, Principal caller) {
        clock.accept(this);
        if (!(caller instanceof Visit) && !(caller instanceof Caller)) {
            channel.close(CloseCode.POLICY, "The handshake was not checked.");
            return false;
        }
        Optional<String> refusal = context.quota().openConnection(Caller.of(caller));
        if (refusal.isPresent()) {
            channel.send(new SessionEvent.Problem(ErrorCode.BUSY, refusal.get(), true, OptionalLong.empty()));
            channel.close(CloseCode.TRY_AGAIN_LATER, ErrorCode.BUSY.wireName());
            return false;
        }
        connections.put(channel, Caller.of(caller));
        return true;
    }

    @Override
    public void leave(ClientChannel channel) {
        Caller caller = connections.remove(channel);
        if (caller != null) {
            context.quota().closeConnection(caller);
        }
    }

    @Override
    public SessionConnection open(ClientChannel channel, Principal caller) {
        return open(context, channel, caller);
    }

    @Override
    public SessionConnection openFile(ClientChannel channel, Principal caller) {
        return open(context.forFiles(), channel, caller);
    }

    private SessionConnection open(SessionContext context, ClientChannel channel, Principal caller) {
        TranscriptionSession session = new TranscriptionSession(context, Caller.of(caller));
        sessions.add(session);
        ClientConnection connection = session.connect(channel);
        if (draining) {
            session.drain();
        }
        return connection;
    }

    @Override
    public Optional<SessionConnection> resume(
            ClientChannel channel, Principal caller, String token, int held, long from) {
        ClientConnection connection = new ClientConnection(channel, context.time());
        CompletableFuture<Optional<TranscriptionSession>> found = find(ResumeTokens.hash(token), Caller.of(caller));
        answer(
                found,
                session -> session.ifPresentOrElse(
                        known -> known.resume(connection, held, from), () -> refuseResume(channel)));
        return found.isDone() && found.join().isEmpty() ? Optional.empty() : Optional.of(connection);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the last stage deals with every outcome
    private static <T> void answer(CompletionStage<T> found, Consumer<T> act) {
        found.thenAccept(act).exceptionally(fault -> {
            LOG.log(System.Logger.Level.ERROR, "A recording could not be resumed.", fault);
            return null;
        });
    }

    /** A session of this process, else a recording of one that is gone. Never fails. */
    private CompletableFuture<Optional<TranscriptionSession>> find(String tokenHash, Caller caller) {
        Optional<TranscriptionSession> known = tokens.find(tokenHash);
        if (known.isPresent() || draining) {
            return CompletableFuture.completedFuture(known.filter(session -> session.belongsTo(caller)));
        }
        return restore(tokenHash, caller)
                .thenApply(restored -> restored.or(() -> tokens.find(tokenHash)))
                .thenApply(session -> session.filter(found -> found.belongsTo(caller)));
    }

    /** Two connections with one token at the same moment find the same session. */
    private CompletableFuture<Optional<TranscriptionSession>> restore(String tokenHash, Caller caller) {
        String key = tokenHash + " " + caller.identity();
        CompletableFuture<Optional<TranscriptionSession>> restored = new CompletableFuture<>();
        CompletableFuture<Optional<TranscriptionSession>> other = restoring.putIfAbsent(key, restored);
        if (other != null) {
            return other;
        }
        lost.take(tokenHash, caller.identity())
                .thenApply(taken -> taken.flatMap(recording -> restore(recording, caller)))
                .whenComplete((session, fault) -> {
                    restoring.remove(key);
                    restored.complete(fault == null ? session : Optional.empty());
                });
        return restored;
    }

    private Optional<TranscriptionSession> restore(RestorableRecording recording, Caller caller) {
        try {
            TranscriptionSession session = TranscriptionSession.restored(context, caller, recording);
            sessions.add(session);
            if (draining) {
                session.drain();
            }
            return Optional.of(session);
        } catch (RefusedOptionsException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Recording {0} cannot go on, and is archived: its options do not fit this configuration. {1}",
                    recording.recording().sessionId(),
                    e.getMessage());
            context.recordings().archive(recording);
            return Optional.empty();
        }
    }

    private void refuseResume(ClientChannel channel) {
        if (draining) {
            channel.close(CloseCode.SERVICE_RESTART, "the server restarts");
            return;
        }
        context.observer().onProblem(ErrorCode.SESSION_EXPIRED);
        channel.send(TranscriptionSession.EXPIRED);
        channel.close(CloseCode.POLICY, ErrorCode.SESSION_EXPIRED.wireName());
    }

    /** Gives every session time to do what is due; to be called about ten times a second. */
    void tick() {
        sessions.forEach(TranscriptionSession::tick);
        context.quota().minutes().tick();
        long now = context.time().nanoTime();
        if (now - lookedAt >= LOOK_NANOS) {
            lookedAt = now;
            // Not here: a server that takes its time to close a socket would keep all sessions from theirs.
            watch.submitIfIdle(() -> connections.keySet().forEach(ClientChannel::giveUpIfStuck));
        }
        long window = context.limits().resumeWindow().toNanos();
        while (!ended.isEmpty() && (now - ended.peek().at() >= window || ended.size() > ENDED)) {
            ended.remove().session().forget();
        }
    }

    @Override
    public void drain() {
        if (draining) {
            return;
        }
        draining = true;
        sessions.forEach(TranscriptionSession::drain);
        if (sessions.isEmpty()) {
            return;
        }
        Duration timeout = context.limits().drainTimeout();
        LOG.log(System.Logger.Level.INFO, "Waiting up to {0} for {1} recordings to end.", timeout, sessions.size());
        try {
            drained.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} recordings did not end in time; the next start archives what " + "their journals hold.",
                    sessions.size());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // nobody completes it so
        }
    }

    @Override
    public ServiceDescription description() {
        SpeechRecognizer recognizer = context.engines().first();
        return new ServiceDescription(
                recognizer.engine(),
                context.engines().names(),
                recognizer.languages(),
                context.languageCode(),
                context.engines().options(),
                context.quota().recordingLimit(),
                context.quota().recordings(),
                context.quota().connections(),
                context.quota().minutes().status(),
                context.recordings().limits().maxDuration(),
                context.limits().resumeWindow());
    }

    private boolean endLost(Caller caller) {
        Optional<TranscriptionSession> longest = sessions.stream()
                .filter(session -> session.countsFor(caller) && session.holdsPlace())
                .filter(session -> session.lostSince().isPresent())
                .min(Comparator.comparing(session -> session.lostSince().orElse(Long.MAX_VALUE)));
        longest.ifPresent(TranscriptionSession::makeRoom);
        return longest.isPresent();
    }

    private void onEnded(TranscriptionSession session) {
        sessions.remove(session);
        ended.add(new EndedSession(session, context.time().nanoTime()));
        if (draining && sessions.isEmpty()) {
            drained.complete(null);
        }
    }
}
