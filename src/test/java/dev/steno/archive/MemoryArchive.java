package dev.steno.archive;

import dev.steno.transcript.SessionId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

/** An archive that fails as it is told. */
final class MemoryArchive implements TranscriptArchive {
    /** What a try meets before it is done. */
    @FunctionalInterface
    interface Step {
        void take(TranscriptDocuments documents) throws ArchiveException;
    }

    final Map<String, TranscriptDocuments> stored = new ConcurrentHashMap<>();
    final List<String> tries = new ArrayList<>();
    private final Queue<Step> steps = new ArrayDeque<>();
    private Step always = documents -> {};

    synchronized void next(Step step) {
        steps.add(step);
    }

    synchronized void always(Step step) {
        always = step;
    }

    static Step fails(boolean retryable) {
        return documents -> {
            throw new ArchiveException("out of order", retryable, null);
        };
    }

    SessionId owner(String stem) {
        return stored.get(stem).sessionId();
    }

    String text(String stem) {
        return stored.get(stem).documents().get(0).content();
    }

    @Override
    public String description() {
        return "memory";
    }

    @Override
    public synchronized StoredTranscript store(TranscriptDocuments documents) throws ArchiveException {
        tries.add(documents.stem());
        (steps.isEmpty() ? always : steps.poll()).take(documents);
        TranscriptDocuments holder = stored.putIfAbsent(documents.stem(), documents);
        if (holder != null && !(documents.triedBefore() && holder.sessionId().equals(documents.sessionId()))) {
            throw new KeyTakenException(documents.stem());
        }
        return new StoredTranscript(documents.stem() + ".txt", "memory/" + documents.stem() + ".txt");
    }
}
