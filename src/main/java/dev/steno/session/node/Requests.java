package dev.steno.session.node;

import dev.steno.session.CloseCode;
import dev.steno.session.ErrorCode;
import dev.steno.session.SessionEvent;
import dev.steno.session.attachment.ClientRequests;
import dev.steno.session.attachment.Delivery;
import dev.steno.transcript.AudioFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/** What the client of a session asks for, checked before it is done. Belongs to the session's worker. */
final class Requests implements ClientRequests {
    /** A client that sends this many bad messages over one connection is broken and will send more. */
    private static final int MOST_BAD_MESSAGES = 20;

    private static final String TOO_MANY_MESSAGES =
            "More messages came than can be handled. Send chunks of 100 ms: ten a second.";

    private final TranscriptionSession session;
    private final RecordingSlot slot;
    private final Delivery delivery;
    private final SharedLink link;
    private final boolean live;
    private boolean stopped;

    /** @param live whether audio comes as it is spoken */
    Requests(TranscriptionSession session, RecordingSlot slot, Delivery delivery, SharedLink link, boolean live) {
        this.session = session;
        this.slot = slot;
        this.delivery = delivery;
        this.link = link;
        this.live = live;
    }

    @Override
    public void onStart(Map<String, String> options) {
        if (session.ended()) {
            return;
        }
        if (slot.isTaken()) {
            refuse(ErrorCode.BAD_OPTION, "The recording runs already. Send start once, before the first audio.");
        } else {
            begin(options);
        }
    }

    private void begin(Map<String, String> options) {
        slot.begin(options, live);
        session.tickSoon();
    }

    @Override
    public void onAudio(byte[] pcm) {
        if (session.ended() || stopped) {
            return;
        }
        if (pcm.length == 0 || pcm.length % AudioFormat.BYTES_PER_SAMPLE != 0) {
            refuse(
                    ErrorCode.BAD_AUDIO,
                    "A chunk of " + pcm.length + " bytes was refused: audio is 16-bit samples, at least one of them.");
            return;
        }
        Optional<String> wrong = live ? slot.refusal(pcm) : Optional.empty();
        if (wrong.isPresent()) {
            refuse(ErrorCode.BAD_AUDIO, wrong.get());
            return;
        }
        if (!slot.isTaken()) {
            begin(Map.of());
        }
        if (!session.ended()) {
            slot.audio(pcm);
        }
    }

    @Override
    public void onAskWaiting(LongConsumer answer) {
        if (!session.ended()) {
            answer.accept(slot.waitingBytes());
        }
    }

    @Override
    public void onPause() {
        slot.pause();
    }

    @Override
    public void onStop() {
        stopped = true;
        session.stop(CloseCode.NORMAL, "stopped");
    }

    @Override
    public void onShare(Optional<String> room) {
        if (!session.ended()) {
            link.share(room);
        }
    }

    @Override
    public void onUnshare() {
        link.unshare();
    }

    @Override
    public void onMistake(ErrorCode code, String message, int badMessages) {
        if (session.ended() || (stopped && code == ErrorCode.BAD_AUDIO)) {
            return;
        }
        if (code == ErrorCode.BAD_MESSAGE && badMessages >= MOST_BAD_MESSAGES) {
            session.fail(
                    code,
                    CloseCode.POLICY,
                    message + " That was bad message " + badMessages + "; the recording ends here.");
        } else {
            refuse(code, message);
        }
    }

    private void refuse(ErrorCode code, String message) {
        OptionalLong shown = code == ErrorCode.BAD_AUDIO ? OptionalLong.of(slot.receivedBytes()) : OptionalLong.empty();
        delivery.tell(new SessionEvent.Problem(code, message, false, shown));
    }

    @Override
    public void onFlood() {
        session.fail(ErrorCode.TOO_FAST, CloseCode.POLICY, TOO_MANY_MESSAGES);
    }

    @Override
    public void onClosed() {
        session.onClosed();
    }

    @Override
    public void onLost() {
        session.onLost();
    }

    @Override
    public void onTokens() {
        session.rememberTokens();
    }
}
