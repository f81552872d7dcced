package dev.steno.session.recording;

import dev.steno.archive.StoredTranscript;
import dev.steno.session.CloseCode;
import dev.steno.session.ErrorCode;
import dev.steno.session.SessionEvent;
import dev.steno.session.SessionObserver.Outcome;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;

/**
 * How a recording ends once its upstream is over: stored, without words, or handed over. Belongs to the session's
 * worker.
 */
final class Conclusion {
    private static final SessionEvent PASSED = new SessionEvent.Problem(
            ErrorCode.SESSION_EXPIRED,
            "The recording was resumed over another connection, at another node.",
            true,
            OptionalLong.empty());

    private final Life life;
    private final Place place;
    private final RecordingText text;
    private final RecordingOutput output;
    private final Archiving archiving;

    Conclusion(Life life, Place place, RecordingText text, RecordingOutput output, Archiving archiving) {
        this.life = life;
        this.place = place;
        this.text = text;
        this.output = output;
        this.archiving = archiving;
    }

    /** The recording was stopped, and no further word comes: brings the transcript to the archive. */
    void conclude() {
        place.giveBack();
        text.whenShown(this::archive);
    }

    /** A restored recording that was stopped already. */
    void concludeRestored() {
        place.giveBack();
        archiving.storeRestored(this::onArchived);
    }

    private void archive() {
        if (!(life.phase() instanceof Life.Stopping stopping)) {
            return;
        }
        if (text.isEmpty()) {
            text.journal().discard();
            if (stopping.code() == CloseCode.NORMAL) {
                output.send(LiveRecording.NO_SPEECH);
            }
            end(stopping.failed() ? Outcome.FAILED : Outcome.NO_SPEECH, null, stopping.code(), stopping.reason());
        } else if (text.stored()) {
            archiving.store(text, this::onArchived);
        } else {
            text.journal().discard();
            end(Outcome.NOT_STORED, null, stopping.code(), stopping.reason());
        }
    }

    private void onArchived(StoredTranscript stored, Throwable fault) {
        if (!(life.phase() instanceof Life.Stopping stopping)) {
            return; // another node has it
        }
        if (fault == null) {
            output.send(new SessionEvent.Saved(
                    stored.key(), text.journal().recording().sessionId(), stored.location(), text.seconds()));
            end(Outcome.SAVED, stored, stopping.code(), stopping.reason());
        } else {
            Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
            output.problem(ErrorCode.ARCHIVE_DELAYED, cause.getMessage(), true);
            end(Outcome.ARCHIVE_DELAYED, null, stopping.code(), "archive delayed");
        }
    }

    /** The upstream of a recording that is handed over has ended: what is final is brought to the journal. */
    void handOver() {
        if (life.phase() instanceof Life.HandingOver) {
            life.become(new Life.HandedOver());
            place.giveBack();
            text.whenShown(() -> {
                text.journal().handOver();
                end(
                        Outcome.HANDED_OVER,
                        null,
                        CloseCode.SERVICE_RESTART,
                        "the server restarts, and the recording goes on");
            });
        }
    }

    /** Another node goes on with the recording: nothing of it may be shown, stored or sent from here any more. */
    void pass() {
        place.giveBack();
        text.journal().abandon();
        output.tellIfAttached(PASSED);
        end(Outcome.HANDED_OVER, null, CloseCode.POLICY, "the recording goes on at another node");
    }

    /** A fault in Steno: the journal stays, and the next start archives it. */
    void abort() {
        place.giveBack();
        end(Outcome.FAILED, null, CloseCode.SERVER_ERROR, "a fault in Steno");
    }

    /** @param stored null if nothing is stored, or not yet */
    private void end(Outcome outcome, StoredTranscript stored, CloseCode code, String why) {
        life.become(new Life.Ended(outcome == Outcome.HANDED_OVER));
        try {
            output.ended(outcome, why, text, stored);
        } finally { // even where the log or a listener fails, the place and the connection are given back
            output.close(code, why);
        }
    }
}
