package dev.steno.session.attachment;

import dev.steno.session.ErrorCode;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/** What a client can ask its session for. Called on the session's worker, for the newest connection only. */
public interface ClientRequests {
    void onStart(Map<String, String> options);

    void onAudio(byte[] pcm);

    void onAskWaiting(LongConsumer answer);

    void onPause();

    void onStop();

    void onShare(Optional<String> room);

    void onUnshare();

    /**
     * It sent what cannot be used.
     *
     * @param badMessages how many messages of this connection were none, with this one
     */
    void onMistake(ErrorCode code, String message, int badMessages);

    /** It sends more messages than anybody needs. */
    void onFlood();

    /** It closed the connection as it should. */
    void onClosed();

    /** Its connection was lost in any other way. */
    void onLost();

    /** The tokens that it holds changed. */
    void onTokens();
}
