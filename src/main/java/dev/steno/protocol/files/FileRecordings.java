package dev.steno.protocol.files;

import dev.steno.archive.TranscriptStem;
import dev.steno.bounded.BoundedMap;
import dev.steno.library.ExpectedTranscripts;
import dev.steno.session.RecordingListener;
import dev.steno.session.SessionObserver.Outcome;
import dev.steno.transcript.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Recordings of this node that are made of files: tells where each transcript will be, and that it is not there yet.
 */
@ApplicationScoped
public class FileRecordings implements RecordingListener, ExpectedTranscripts {
    /** Forgetting one costs a hint when to ask again. */
    private static final int MOST_EXPECTED = 10_000;

    /** Who waits for the beginning of a recording. */
    private final Map<SessionId, Consumer<TranscriptStem>> starting = new ConcurrentHashMap<>();

    /** Identity of the owner by stem. */
    private final Map<TranscriptStem, String> expected =
            Collections.synchronizedMap(BoundedMap.lastAdded(MOST_EXPECTED));

    /** @param onBegun hears once, on the session's worker, under which stem the transcript will be archived */
    void await(SessionId session, Consumer<TranscriptStem> onBegun) {
        starting.put(session, onBegun);
    }

    void forget(SessionId session) {
        starting.remove(session);
    }

    @Override
    public void onFirstAudio(Description recording, Instant startedAt) {
        Consumer<TranscriptStem> waiting = starting.remove(recording.sessionId());
        if (waiting == null) {
            return;
        }
        TranscriptStem stem = stem(recording, startedAt);
        if (isPromised(recording)) {
            expected.put(stem, recording.owner().identity());
        }
        waiting.accept(stem);
    }

    /** A transcript that is stored later is still expected. */
    @Override
    public void onEnded(Description recording, Ending ending) {
        if (isPromised(recording) && ending.outcome() != Outcome.ARCHIVE_DELAYED) {
            expected.keySet().removeIf(stem -> numberOf(recording) == stem.number());
        }
    }

    @Override
    public boolean isExpected(TranscriptStem stem, Optional<String> reader) {
        String owner = expected.get(stem);
        return owner != null && (reader.isEmpty() || reader.get().equals(owner));
    }

    private static boolean isPromised(Description recording) {
        return recording.options().containsKey(Description.NUMBER);
    }

    private static int numberOf(Description recording) {
        return Integer.parseInt(recording.options().getOrDefault(Description.NUMBER, "1"));
    }

    private static TranscriptStem stem(Description recording, Instant startedAt) {
        return new TranscriptStem(startedAt.truncatedTo(ChronoUnit.SECONDS), numberOf(recording));
    }
}
