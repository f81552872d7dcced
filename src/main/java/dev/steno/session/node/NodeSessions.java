package dev.steno.session.node;

import dev.steno.archive.RestorableRecordings;
import dev.steno.caller.Caller;
import dev.steno.configuration.Settings;
import dev.steno.quota.Quota;
import dev.steno.recognition.Engines;
import dev.steno.recognition.SpeechRecognizer;
import dev.steno.session.ClientChannel;
import dev.steno.session.CloseCode;
import dev.steno.session.ErrorCode;
import dev.steno.session.ServiceDescription;
import dev.steno.session.SessionConnection;
import dev.steno.session.TranscriptionSessions;
import dev.steno.session.attachment.ClientConnection;
import dev.steno.session.attachment.ResumeTokens;
import dev.steno.session.mailbox.SessionExecutors;
import dev.steno.transcript.AudioFormat;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.Principal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Opens the sessions of this node, finds them again, gives them time, and ends them at shutdown. Thread-safe. */
@ApplicationScoped
public class NodeSessions implements TranscriptionSessions {
    private static final System.Logger LOG = System.getLogger(NodeSessions.class.getName());

    private final SessionFactory factory;
    private final SessionRegistry sessions;
    private final SessionLimits limits;
    private final Quota quota;
    private final Consumer<NodeSessions> clock;
    private final LostRecordings lost;
    private final Connections connections;
    private volatile boolean draining;

    /** For the container's proxy only. */
    protected NodeSessions() {
        factory = null;
        sessions = null;
        limits = null;
        quota = null;
        clock = null;
        lost = null;
        connections = null;
    }

    @Inject
    NodeSessions(
            Settings settings,
            SessionFactory factory,
            Quota quota,
            RestorableRecordings lost,
            SessionExecutors executors) {
        this(settings, factory, quota, lost, sessions -> executors.start(sessions::tick));
    }

    /** @param clock told of each connection, so that it gives sessions time from then on */
    NodeSessions(
            Settings settings,
            SessionFactory factory,
            Quota quota,
            RestorableRecordings lost,
            Consumer<NodeSessions> clock) {
        this.factory = factory;
        this.quota = quota;
        this.clock = clock;
        sessions = factory.registry();
        limits = SessionLimits.from(settings, lost.shared());
        this.lost = new LostRecordings(lost, factory, limits);
        connections = new Connections(quota, factory.threads());
    }

    @Override
    public boolean enter(ClientChannel channel, Principal caller) {
        clock.accept(this);
        return connections.enter(channel, caller);
    }

    @Override
    public void leave(ClientChannel channel) {
        connections.leave(channel);
    }

    @Override
    public SessionConnection open(ClientChannel channel, Principal caller) {
        return open(limits, channel, caller);
    }

    @Override
    public SessionConnection openFile(ClientChannel channel, Principal caller) {
        return open(limits.forFiles(), channel, caller);
    }

    private SessionConnection open(SessionLimits bounds, ClientChannel channel, Principal caller) {
        TranscriptionSession session = factory.create(Caller.of(caller), bounds);
        sessions.add(session);
        SessionConnection connection = session.connect(channel);
        endIfDraining(session);
        return connection;
    }

    private void endIfDraining(TranscriptionSession session) {
        if (draining) {
            session.endForShutdown();
        }
    }

    @Override
    public Optional<SessionConnection> resume(
            ClientChannel channel, Principal caller, String token, int held, long from) {
        ClientConnection connection = new ClientConnection(channel, factory.time());
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
        Optional<TranscriptionSession> known = sessions.find(tokenHash);
        CompletableFuture<Optional<TranscriptionSession>> found = known.isPresent() || draining
                ? CompletableFuture.completedFuture(known)
                : lost.restore(tokenHash, caller).thenApply(restored -> {
                    restored.ifPresent(this::endIfDraining);
                    return restored.or(() -> sessions.find(tokenHash));
                });
        return found.thenApply(session -> session.filter(each -> each.owner().is(caller)));
    }

    private void refuseResume(ClientChannel channel) {
        if (draining) {
            channel.close(CloseCode.SERVICE_RESTART, "the server restarts");
            return;
        }
        factory.recordings().watchers().observer().onProblem(ErrorCode.SESSION_EXPIRED);
        channel.send(Resumption.EXPIRED);
        channel.close(CloseCode.POLICY, ErrorCode.SESSION_EXPIRED.wireName());
    }

    /** Gives every session time to do what is due; to be called about ten times a second. */
    void tick() {
        sessions.forEach(TranscriptionSession::tick);
        quota.minutes().tick();
        connections.tick(factory.time().nanoTime());
        sessions.forgetEnded(limits.resumeWindow());
    }

    @Override
    public void drain() {
        if (draining) {
            return;
        }
        draining = true;
        sessions.forEach(TranscriptionSession::endForShutdown);
        CompletableFuture<Void> drained = sessions.whenEmpty();
        if (!drained.isDone()) {
            await(drained, limits.drainTimeout());
        }
    }

    private void await(CompletableFuture<Void> drained, Duration timeout) {
        LOG.log(System.Logger.Level.INFO, "Waiting up to {0} for {1} recordings to end.", timeout, sessions.count());
        try {
            drained.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} recordings did not end in time; the next start archives what their journals hold.",
                    sessions.count());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // nobody completes it so
        }
    }

    @Override
    public ServiceDescription description() {
        Engines engines = factory.defaults().engines();
        SpeechRecognizer recognizer = engines.first();
        return new ServiceDescription(
                recognizer.engine(),
                engines.names(),
                recognizer.languages(),
                factory.defaults().languageCode(),
                engines.options(),
                quota.recordingLimit(),
                quota.recordings(),
                quota.connections(),
                quota.minutes().status(),
                factory.recordings().limits().maxDuration(),
                limits.resumeWindow(),
                Duration.ofSeconds(
                        (long) AudioFormat.seconds(factory.recordings().replayBufferBytes())));
    }
}
