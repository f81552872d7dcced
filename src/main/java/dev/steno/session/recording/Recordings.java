package dev.steno.session.recording;

import dev.steno.archive.RestorableRecording;
import dev.steno.configuration.Settings;
import dev.steno.quota.Quota;
import dev.steno.session.mailbox.SessionWorker;
import dev.steno.session.mailbox.TimeSource;
import dev.steno.session.upstream.ReplayBudget;
import dev.steno.session.upstream.UpstreamLimits;
import dev.steno.session.upstream.Upstreams;
import dev.steno.transcript.AudioFormat;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;

/** Makes the recordings of a node from what they share. Thread-safe. */
@Dependent
public class Recordings {
    private static final long BUDGET = 256L << 20;

    /** One second of one recording; and more memory than any node has. */
    private static final long LEAST_BUDGET = AudioFormat.BYTES_PER_SECOND;

    private static final long MOST_BUDGET = 1L << 40;

    private final RecordingLimits limits;
    private final Storage storage;
    private final Watchers watchers;
    private final Quota quota;
    private final Upstreams upstreams;

    @Inject
    Recordings(Settings settings, Storage storage, Watchers watchers, Quota quota) {
        this(settings, storage, watchers, quota, TimeSource.system());
    }

    /** @param quota has a place for each concurrent recording */
    public Recordings(Settings settings, Storage storage, Watchers watchers, Quota quota, TimeSource time) {
        this.limits = RecordingLimits.from(settings);
        this.storage = storage;
        this.watchers = watchers;
        this.quota = quota;
        long budget = settings.number("REPLAY_BUDGET_BYTES", BUDGET, LEAST_BUDGET, MOST_BUDGET);
        upstreams = new Upstreams(UpstreamLimits.from(settings), new ReplayBudget(budget), quota.minutes(), time);
    }

    /**
     * A recording whose place is held. It is to be opened, or restored.
     *
     * @param worker of the session: runs every call to the recording and to its client
     * @param wrongAudio says what a client sends that is too fast or too slow
     */
    public LiveRecording create(
            RecordingRequest request, SessionWorker worker, RecordingClient client, WrongAudio wrongAudio) {
        return new LiveRecording(this, request, worker, client, wrongAudio);
    }

    /** Why a recording with these options of {@code start} cannot be made here; empty if it can. */
    public Optional<String> refusal(Map<String, String> options) {
        return storage.journals().audio().refusal(options);
    }

    /** A recording of a process that is gone cannot go on: stores what there is of it. */
    public void archive(RestorableRecording lost) {
        storage.archive().store(lost.recording(), lost.journal());
    }

    /** Audio that one recording keeps, which is how far a client may run ahead of real time. */
    public int replayBufferBytes() {
        return upstreams.limits().replayBufferBytes();
    }

    public RecordingLimits limits() {
        return limits;
    }

    Storage storage() {
        return storage;
    }

    public Watchers watchers() {
        return watchers;
    }

    Quota quota() {
        return quota;
    }

    Upstreams upstreams() {
        return upstreams;
    }

    TimeSource time() {
        return upstreams.time();
    }
}
