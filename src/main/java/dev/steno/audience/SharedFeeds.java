package dev.steno.audience;

import dev.steno.transcript.Recording;
import dev.steno.transcript.SessionId;
import dev.steno.transcript.TranscriptSegment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * What the nodes of a cluster tell each other, so that viewers may be at any node. Finals are where the recording's own
 * node put them before anybody saw them, so none is missed; partials are told and forgotten. Thread-safe; no method
 * blocks. Stages fail while the nodes cannot reach each other.
 */
public interface SharedFeeds {
    /** For a single node. */
    SharedFeeds NONE = new SharedFeeds() {
        @Override
        public boolean shared() {
            return false;
        }

        @Override
        public LinkStore links(Duration linger) {
            return LinkStore.NONE;
        }

        @Override
        public CompletionStage<byte[]> key(byte[] offered) {
            return CompletableFuture.completedStage(offered);
        }

        @Override
        public void onLinkChanged(Consumer<String> listener) {}

        @Override
        public void publish(SessionId recording, News news) {}

        @Override
        public void follow(SessionId recording, Follower follower) {}

        @Override
        public void unfollow(SessionId recording) {}

        @Override
        public CompletionStage<Part> read(SessionId recording, Position from) {
            return CompletableFuture.failedStage(new UnsupportedOperationException("There are no other nodes."));
        }

        @Override
        public CompletionStage<Map<SessionId, Readers>> readers(Map<SessionId, Readers> here, Set<SessionId> own) {
            return CompletableFuture.completedStage(Map.of());
        }
    };

    /** Whether there are other nodes at all. */
    boolean shared();

    /** @param linger how long a link lives after the end of its recording */
    LinkStore links(Duration linger);

    /**
     * The key that tokens of rooms are made with.
     *
     * @param offered is used by all nodes if there is none yet
     * @return completes once the nodes reach each other, however long that takes; never fails
     */
    CompletionStage<byte[]> key(byte[] offered);

    /** @param listener hears the token of each link that any node changes; returns at once */
    void onLinkChanged(Consumer<String> listener);

    /** Tells the nodes that follow a recording of this one. What a former owner of it tells is refused. */
    void publish(SessionId recording, News news);

    /** From now on, until {@link #unfollow}; once for each recording. */
    void follow(SessionId recording, Follower follower);

    void unfollow(SessionId recording);

    /** Reads what was said since a position; a long recording comes in several parts. */
    CompletionStage<Part> read(SessionId recording, Position from);

    /**
     * Tells how many read here, and asks who reads elsewhere. What was told is forgotten after some seconds.
     *
     * @param here viewers of recordings of other nodes
     * @param own recordings of this node
     * @return viewers on other nodes of those recordings that have any
     */
    CompletionStage<Map<SessionId, Readers>> readers(Map<SessionId, Readers> here, Set<SessionId> own);

    /** What is new in a recording. */
    sealed interface News {
        record Partial(int segment, String text) implements News {}

        /** A final is to be read. */
        record Final() implements News {}

        /** @param state as viewers are told */
        record State(String state) implements News {}

        record Translated(int segment, String language, String text) implements News {}
    }

    /** One that follows a recording of another node. Called on any thread; returns at once. */
    interface Follower {
        void onPartial(int segment, String text);

        /** Something else is to be read. */
        void onNews();
    }

    /**
     * How much of a recording is known.
     *
     * @param lines of the shared journal
     */
    record Position(long lines, int translations) {
        static final Position START = new Position(0, 0);
    }

    /**
     * What there is from a position on.
     *
     * @param known whether the nodes know the recording at all
     * @param recording if it was among what was read
     * @param translations all that there are, if some are new
     * @param state as viewers are told; empty before there is any
     * @param ended whether the recording is over and archived
     * @param next where to read on
     * @param more whether to do that at once
     */
    record Part(
            boolean known,
            Optional<Recording> recording,
            List<TranscriptSegment> finals,
            List<News.Translated> translations,
            String state,
            boolean ended,
            Position next,
            boolean more) {
        public Part {
            finals = List.copyOf(finals);
            translations = List.copyOf(translations);
        }
    }

    /** @param languages of translations that are read */
    record Readers(int count, Set<String> languages) {
        static final Readers NOBODY = new Readers(0, Set.of());

        public Readers {
            languages = Set.copyOf(languages);
        }
    }
}
