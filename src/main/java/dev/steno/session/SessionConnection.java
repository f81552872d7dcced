package dev.steno.session;

import dev.steno.transcript.AudioFormat;
import dev.steno.transcript.SessionId;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * One connection of a client to its session. What comes over it counts until a newer connection resumes the session,
 * and is dropped from then on. The methods may be called by any thread and return at once; what they ask for happens on
 * the session's worker, in the order of the calls.
 */
public interface SessionConnection {
    /** Null while the session is looked for. */
    SessionId sessionId();

    /**
     * Begins a recording with options; optional, before the first audio.
     *
     * @param options by name; what is not named is as configured
     */
    void start(Map<String, String> options);

    /** @param pcm one chunk in the format of {@link AudioFormat}; the session keeps the array */
    void audio(byte[] pcm);

    /**
     * Asks how much of the audio that was sent so far the engine has not taken.
     *
     * @param answer hears the bytes, on the session's worker; never if the session is over
     */
    void askWaiting(LongConsumer answer);

    /** Settles the current partial and ends the upstream stream; the next audio goes on. */
    void pause();

    /** Ends the recording properly; twice is the same as once. */
    void stop();

    /**
     * Asks for a link by which others can read along; see {@link Sharing#share}.
     *
     * @param room names a link that stays the same over recordings
     */
    void share(Optional<String> room);

    /** Ends the links of this session. */
    void unshare();

    /** The client sent something that cannot be used; after too many of these the recording ends. */
    void refuse(ErrorCode code, String message);

    /** The client answered a ping. */
    void alive();

    /** The client closed the connection as it should, which ends the recording as {@link #stop} does. */
    void closed();

    /** The connection is gone in any other way: the recording is kept for a while, so that the client can resume it. */
    void lost();
}
