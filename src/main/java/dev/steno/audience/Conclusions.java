package dev.steno.audience;

import dev.steno.archive.StoredTranscript;
import dev.steno.transcript.SessionId;
import dev.steno.transcript.WebVtt;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Recordings that are over while translations are still awaited. Viewers wait a little for the last ones; the archive
 * gets the translations when all have come. Thread-safe.
 */
final class Conclusions {
    /** A sentence is translated within a second or two; viewers need not wait for a service that is out of order. */
    private static final long READERS_WAIT_NANOS = 5_000_000_000L;

    /** Beyond this an outage is not waited for: what is there is archived. */
    private static final long ARCHIVE_WAITS_NANOS = 3_600_000_000_000L;

    /** Of more, the archive gets at once what is there. */
    private static final int MOST = 1_000;

    private final TranslationArchive archive;
    private final Set<Conclusion> open = ConcurrentHashMap.newKeySet();

    /** Stores a translation beside the transcript; returns at once. */
    @FunctionalInterface
    interface TranslationArchive {
        void store(StoredTranscript transcript, SessionId session, String language, String webVtt);
    }

    private static final class Conclusion {
        private final Shared shared;
        private final Optional<StoredTranscript> stored;
        private final Consumer<Shared> end;
        private final long since;
        private boolean ended;

        Conclusion(Shared shared, Optional<StoredTranscript> stored, Consumer<Shared> end, long since) {
            this.shared = shared;
            this.stored = stored;
            this.end = end;
            this.since = since;
        }
    }

    Conclusions(TranslationArchive archive) {
        this.archive = archive;
    }

    /**
     * @param stored where the transcript lies; empty if it does not
     * @param end tells the viewers
     */
    void add(Shared shared, Optional<StoredTranscript> stored, Consumer<Shared> end, long now) {
        Conclusion conclusion = new Conclusion(shared, stored, end, now);
        if (!proceed(conclusion, now)) {
            open.add(conclusion);
        }
    }

    /** To be called now and then. */
    void tick(long now) {
        open.removeIf(conclusion -> proceed(conclusion, now));
    }

    private boolean proceed(Conclusion conclusion, long now) {
        synchronized (conclusion) {
            boolean complete = conclusion.shared.interpreter().pending() == 0;
            long waited = now - conclusion.since;
            if (!conclusion.ended && (complete || waited >= READERS_WAIT_NANOS)) {
                conclusion.ended = true;
                conclusion.end.accept(conclusion.shared);
            }
            if (complete || waited >= ARCHIVE_WAITS_NANOS || open.size() >= MOST) {
                conclusion.stored.ifPresent(transcript -> store(transcript, conclusion.shared));
                return conclusion.ended;
            }
            return false;
        }
    }

    private void store(StoredTranscript transcript, Shared shared) {
        for (String language : shared.interpreter().languages()) {
            boolean translated = shared.feed().lines().stream()
                    .anyMatch(line -> line.translations().containsKey(language));
            if (translated) {
                archive.store(
                        transcript,
                        shared.session(),
                        language,
                        WebVtt.render(Captions.transcript(shared.feed().lines(), Optional.of(language))));
            }
        }
    }
}
