package dev.steno.session.node;

import dev.steno.session.ErrorCode;
import dev.steno.session.SessionEvent;
import dev.steno.session.attachment.Attachment;
import dev.steno.session.attachment.ClientConnection;
import dev.steno.session.recording.LiveRecording;
import dev.steno.transcript.AudioFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * Greets the client of a session, and brings one that returns to where it would be, had it stayed. Belongs to the
 * session's worker.
 */
final class Resumption {
    static final SessionEvent EXPIRED = new SessionEvent.Problem(
            ErrorCode.SESSION_EXPIRED,
            "There is no such recording to resume: it ended, and what was recognised is archived. Start a new one.",
            true,
            OptionalLong.empty());

    private final TranscriptionSession session;
    private final RecordingSlot slot;
    private final Attachment attachment;
    private final RecordingDefaults defaults;
    private final PendingResume pending;
    /** Nobody can resume the session any more. */
    private boolean forgotten;

    Resumption(
            TranscriptionSession session,
            RecordingSlot slot,
            Attachment attachment,
            RecordingDefaults defaults,
            PendingResume pending) {
        this.session = session;
        this.slot = slot;
        this.attachment = attachment;
        this.defaults = defaults;
        this.pending = pending;
    }

    void forget() {
        forgotten = true;
    }

    void tick(long now) {
        pending.tick(now);
    }

    /**
     * @param held finals that the client has
     * @param from the first byte of audio that it has
     */
    void begin(ClientConnection connection, int held, long from) {
        Optional<LiveRecording> recording = slot.recording();
        if (forgotten || (session.ended() && recording.isEmpty())) {
            Attachment.refuse(connection, EXPIRED, ErrorCode.SESSION_EXPIRED.wireName());
            return;
        }
        attachment.take(connection);
        String token = attachment.issueToken();
        CompletionStage<Void> remembered =
                session.ended() ? recording.get().archiving().recall() : session.rememberTokens();
        Runnable goOn = () -> goOn(connection, token, held, from);
        if (!session.ended() && remembered.toCompletableFuture().isDone()) {
            goOn.run();
        } else {
            pending.await(remembered, goOn, session.now());
        }
    }

    private void goOn(ClientConnection connection, String token, int held, long from) {
        if (attachment.isOvertaken(connection)) {
            return;
        }
        skip(from);
        introduce(connection, token, OptionalLong.of(slot.receivedBytes()), slot.awaitsRestoredClient());
        slot.onResumed();
        attachment.catchUp(held);
        if (session.ended()) {
            session.closeAgain();
        } else if (attachment.isGone(connection)) {
            session.onLost();
        }
    }

    /** The client begins again further on than it should. */
    private void skip(long from) {
        long position = from + from % AudioFormat.BYTES_PER_SAMPLE;
        if (!session.ended()) {
            slot.skip(position);
        }
    }

    /** The client is new. */
    void greet(ClientConnection connection) {
        introduce(connection, attachment.issueToken(), OptionalLong.empty(), false);
    }

    private String preferredEngine() {
        return defaults.engines().first().engine();
    }

    /** The first event on a connection. */
    private void introduce(ClientConnection connection, String token, OptionalLong resumedAt, boolean restored) {
        attachment.greet(
                connection,
                new SessionEvent.Connected(
                        session.owner().id(),
                        token,
                        slot.recording().map(LiveRecording::engine).orElseGet(this::preferredEngine),
                        defaults.languageCode(),
                        resumedAt,
                        restored));
    }
}
