package dev.steno.session.node;

import dev.steno.archive.RestorableRecording;
import dev.steno.archive.RestorableRecordings;
import dev.steno.caller.Caller;
import dev.steno.recognition.RefusedOptionsException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Brings recordings whose process is gone back as sessions of this node. Thread-safe. */
final class LostRecordings {
    private static final System.Logger LOG = System.getLogger(LostRecordings.class.getName());

    private final RestorableRecordings lost;
    private final SessionFactory sessions;
    private final SessionLimits limits;
    private final Map<String, CompletableFuture<Optional<TranscriptionSession>>> restoring = new ConcurrentHashMap<>();

    LostRecordings(RestorableRecordings lost, SessionFactory sessions, SessionLimits limits) {
        this.lost = lost;
        this.sessions = sessions;
        this.limits = limits;
    }

    /** Two connections with one token at the same moment find the same session. Never fails. */
    CompletableFuture<Optional<TranscriptionSession>> restore(String tokenHash, Caller caller) {
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
            TranscriptionSession session = sessions.restore(caller, limits, recording);
            sessions.registry().add(session);
            return Optional.of(session);
        } catch (RefusedOptionsException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Recording {0} cannot go on, and is archived: its options do not fit this configuration. {1}",
                    recording.recording().sessionId(),
                    e.getMessage());
            sessions.recordings().archive(recording);
            return Optional.empty();
        }
    }
}
