package dev.steno.session.recording;

import dev.steno.archive.RestorableRecording;
import dev.steno.session.CloseCode;
import dev.steno.session.ErrorCode;
import dev.steno.session.SessionEvent;
import dev.steno.session.mailbox.SessionWorker;
import dev.steno.session.upstream.LossReason;
import dev.steno.session.upstream.Upstream;
import dev.steno.session.upstream.UpstreamState;
import dev.steno.transcript.AudioFormat;
import dev.steno.transcript.TranscriptSegment;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A recording that holds a place, from its opening to the stored transcript: open, then stopping or handing over, then
 * ended. Belongs to the session's worker.
 */
public final class LiveRecording {
    public static final SessionEvent NO_SPEECH = new SessionEvent.Problem(
            ErrorCode.NO_SPEECH, "No speech was recognised, so nothing was stored.", true, OptionalLong.empty());

    private final RecordingRequest request;
    private final RecordingClient client;
    private final Life life = new Life();
    private final RecordingOutput output;
    private final RecordingJournal journal;
    private final Captions captions;
    private final Positions positions = new Positions();
    private final Results results;
    private final Upstream upstream;
    private final RecordingClock clock;
    private final Progress progress;
    private final Intake intake;
    private final Archiving archiving;
    private final Conclusion conclusion;
    private final AudioInput input;
    private final IdlePause idlePause;

    LiveRecording(
            Recordings shared,
            RecordingRequest request,
            SessionWorker worker,
            RecordingClient client,
            WrongAudio wrongAudio) {
        this.request = request;
        this.client = client;
        RecordingWatch watch = new RecordingWatch(shared.watchers().observer(), shared.time());
        clock = new RecordingClock(shared.limits(), shared.quota(), shared.time());
        output = new RecordingOutput(request, client, shared.watchers().listener(), watch);
        journal = new RecordingJournal(
                shared.storage().journals(), worker, new JournalEvents(life, clock, output, this::onPassed));
        progress = new Progress(life, positions, clock, watch, output);
        captions = new Captions(worker, journal, output::show, progress::onSettled);
        results = new Results(request, captions, positions);
        intake =
                request.live() ? new PacedIntake(shared.replayBufferBytes(), wrongAudio, clock.now()) : Intake.OF_FILES;
        archiving = new Archiving(shared.storage().archive(), journal, captions, worker);
        Place place = new Place(shared.quota(), request.owner(), request.sessionId());
        RecordingText text = new RecordingText(request, journal, captions, positions);
        conclusion = new Conclusion(life, place, text, output, archiving);
        upstream = shared.upstreams()
                .create(request.engines(), worker, new UpstreamEvents(life, clock, results, output, conclusion));
        positions.follow(upstream);
        idlePause = new IdlePause(request, client, clock, upstream);
        input = new AudioInput(journal, captions, positions, upstream, progress);
    }

    public void open() {
        output.started();
        upstream.open();
    }

    /**
     * Goes on with a recording whose process is gone. Its upstream opens with the next audio; if it was stopped, it is
     * archived.
     */
    public void restore(RestorableRecording restored) {
        journal.restore(restored);
        progress.restore(restored.settledBytes());
        captions.restore(restored.finals(), restored.settledBytes());
        results.restore(restored.finals());
        clock.restore(restored.recording().startedAt());
        output.restored(
                restored.finals(), restored.settledBytes(), restored.recording().startedAt());
        if (restored.stoppedAfter().isPresent()) {
            positions.beginAt(AudioFormat.bytes(restored.stoppedAfter().getAsDouble()));
            life.become(new Life.Stopping(CloseCode.NORMAL, "stopped", false));
            upstream.abort();
            conclusion.concludeRestored();
        } else {
            positions.beginAt(restored.settledBytes());
            upstream.restored();
            clock.onState(UpstreamState.PAUSED);
            output.status(UpstreamState.PAUSED);
        }
    }

    /** The finals that the client may be shown, from a number on. */
    public List<TranscriptSegment> shownFrom(int number) {
        return captions.shownFrom(number);
    }

    /** Bytes of the client's audio that were accepted, or skipped. */
    public long receivedBytes() {
        return positions.received();
    }

    /** Of the audio that was accepted, what the engine has not taken. */
    public long waitingBytes() {
        return upstream.waitingBytes();
    }

    /** The client has no audio before this position any more: what was not accepted is lost. */
    public void skip(long position) {
        long received = receivedBytes();
        if (!life.isOpen() || position <= received) {
            return;
        }
        input.skipTo(position);
        output.dropped(
                clock.state(), AudioFormat.seconds(received), AudioFormat.seconds(position), LossReason.NOT_KEPT);
    }

    /** The tokens that the client may resume with from now on. @return completes when a crash cannot forget them */
    public CompletionStage<Void> tokens(List<String> hashes) {
        return life.isOpen() ? journal.tokens(hashes) : CompletableFuture.completedFuture(null);
    }

    /** @param pcm whole samples, at least one; ignored once the recording stops */
    public void audio(byte[] pcm) {
        if (!life.isOpen()) {
            return;
        }
        long now = clock.now();
        intake.refusal(pcm.length, now)
                .ifPresentOrElse(why -> fail(ErrorCode.TOO_FAST, CloseCode.POLICY, why), () -> accept(pcm, now));
    }

    private void accept(byte[] pcm, long now) {
        if (!journal.hasBegun()) {
            beginJournal();
        }
        intake.onAccepted(pcm.length, now).ifPresent(told -> output.problem(ErrorCode.BAD_AUDIO, told, false));
        input.append(pcm, now);
    }

    private void beginJournal() {
        journal.begin(request.recording(clock.instant()), request.options(), client.tokenHashes());
        output.firstAudio(journal.recording().startedAt());
        captions.settled(positions.settled());
    }

    /** Settles the current partial and ends the upstream stream; the next audio goes on. */
    public void pause() {
        if (life.isOpen()) {
            upstream.pause();
        }
    }

    /** The client is back. */
    public void onResumed() {
        clock.onFrame(clock.now());
    }

    /** Whether {@link #tick} is due about ten times a second, and not only twice. */
    public boolean ticksOften() {
        return !life.hasEnded() && upstream.ticksOften();
    }

    /** Does what is due. */
    public void tick() {
        long now = clock.now();
        if (life.phase() instanceof Life.HandingOver handingOver && now - handingOver.until() >= 0) {
            // What is provisional stays so: the client sends this audio again, and its words would come twice.
            upstream.abort();
            conclusion.handOver();
        } else if (!life.hasEnded()) {
            upstream.tick();
        }
        if (life.isOpen()) {
            endPauseOrRecordingWhenDue(now);
        }
    }

    private void endPauseOrRecordingWhenDue(long now) {
        idlePause.tick(now);
        input.reportProgressWhenDue(now);
        clock.announcement(now).ifPresent(output::send);
        clock.expiry(now).ifPresent(why -> fail(ErrorCode.SESSION_EXPIRED, CloseCode.POLICY, why));
    }

    /** The name of the engine in use. */
    public String engine() {
        return request.engine();
    }

    /** Tells the client why, then ends as {@link #stop} does. */
    public void fail(ErrorCode code, CloseCode close, String message) {
        if (life.isOpen()) {
            output.problem(code, message, true);
            stop(close, code.wireName());
        }
    }

    /** Awaits the last words and stores the transcript. The first call decides how the connection closes. */
    public void stop(CloseCode close, String why) {
        if (life.isOpen()) {
            life.become(new Life.Stopping(close, why, false));
            progress.reportIfNew();
            output.status(UpstreamState.STOPPING);
            upstream.finish();
        }
    }

    /** As {@link #stop}, also if it was stopped before: the last words are awaited no longer than this. */
    public void stop(CloseCode close, String why, Duration most) {
        upstream.limit(most);
        stop(close, why);
    }

    /** Ends the upstream stream and keeps what is final for the process that goes on. Nothing is archived. */
    public void handOver(Duration most) {
        if (life.isOpen()) {
            life.become(new Life.HandingOver(clock.now() + most.toNanos()));
            upstream.handOver();
        } else {
            upstream.limit(most);
        }
    }

    /** After a fault in Steno itself. Once the recording stops, the journal stays, and the next start archives it. */
    public void onInternalFault() {
        if (life.isOpen()) {
            fail(ErrorCode.RECOGNIZER_FAILED, CloseCode.SERVER_ERROR, "A fault in the server ended this recording.");
        } else if (!life.hasEnded()) {
            upstream.abort();
            conclusion.abort();
        }
    }

    /** Whether it was handed over: a client that returns to this node is to look for it where it is now. */
    public boolean isElsewhere() {
        return life.phase() instanceof Life.Ended ended && ended.elsewhere();
    }

    /** What becomes of the finals once it has ended. */
    public Archiving archiving() {
        return archiving;
    }

    private void onPassed() {
        upstream.abort();
        conclusion.pass();
    }
}
