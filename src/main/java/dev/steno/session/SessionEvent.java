package dev.steno.session;

import dev.steno.session.upstream.LossReason;
import dev.steno.session.upstream.UpstreamState;
import dev.steno.transcript.SessionId;
import dev.steno.transcript.TranscriptSegment;
import java.util.OptionalLong;

/** What a session tells its client. */
public sealed interface SessionEvent {
    /**
     * The first event on a connection: who the session is, and the defaults of a recording.
     *
     * @param resumeToken opens the session again after a loss of the connection; a secret
     * @param resumedAt present on a connection that resumes: bytes of audio accepted so far, where the client goes on
     * @param restored whether the process, or the node, that had the recording is gone, and this one took it over
     */
    record Connected(
            SessionId sessionId,
            String resumeToken,
            String engine,
            String languageCode,
            OptionalLong resumedAt,
            boolean restored)
            implements SessionEvent {
        @Override
        public String toString() {
            return "Connected[" + sessionId + ", resumed at " + resumedAt + "]"; // the token must not reach a log
        }
    }

    /** The upstream side changed. */
    record Status(UpstreamState state, String engine, String languageCode) implements SessionEvent {}

    /**
     * Where finals are kept changed.
     *
     * @param shared false while only this node has them, because the cluster's store is away
     */
    record Durability(UpstreamState state, boolean shared) implements SessionEvent {}

    /** Audio was lost on the way upstream, from one position in the client's audio to another, in seconds. */
    record AudioDropped(UpstreamState state, double start, double end, LossReason reason) implements SessionEvent {}

    /** The recording will end by itself. */
    record EndAnnounced(UpstreamState state, double secondsLeft, String reason) implements SessionEvent {}

    /**
     * How far the audio came.
     *
     * @param receivedBytes accepted so far
     * @param settledBytes everything before this position is final and stored, was told as lost, or held no words: the
     *     client keeps its audio from here on
     */
    record Progress(long receivedBytes, long settledBytes) implements SessionEvent {}

    /**
     * A provisional segment; replaces the previous one of the same number.
     *
     * @param stableCharacters so many at the beginning of the text will not change any more; 0 where the engine does
     *     not say
     */
    record Partial(int segment, String text, double start, double end, int stableCharacters) implements SessionEvent {
        public Partial(int segment, String text, double start, double end) {
            this(segment, text, start, end, 0);
        }
    }

    /** A final segment; it is in the journal already. */
    record Final(TranscriptSegment segment) implements SessionEvent {}

    /** The transcript is stored. */
    record Saved(String key, SessionId sessionId, String location, double duration) implements SessionEvent {}

    /**
     * Others can read along by this link.
     *
     * @param url absolute; a secret
     */
    record Share(String url) implements SessionEvent {
        @Override
        public String toString() {
            return "Share[]"; // the link must not reach a log
        }
    }

    /** How many read along at the moment. */
    record Viewers(int count) implements SessionEvent {}

    /** A final segment in another language. */
    record Translation(int segment, String languageCode, String text) implements SessionEvent {}

    /**
     * Something went wrong.
     *
     * @param message what happened and what to do
     * @param fatal whether the connection closes
     * @param receivedBytes present where the client must know how much of its audio was accepted
     */
    record Problem(ErrorCode code, String message, boolean fatal, OptionalLong receivedBytes) implements SessionEvent {}
}
