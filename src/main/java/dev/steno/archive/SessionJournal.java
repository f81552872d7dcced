package dev.steno.archive;

import dev.steno.spool.AudioSpool;
import dev.steno.spool.WavFile;
import dev.steno.transcript.TranscriptSegment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * The journal of one recording: a file to which each final segment is added and forced to disk. The file appears with
 * the first segment. Thread-safe; no method blocks or throws, the writing is done on the journal's executor in the
 * order of the calls.
 */
public final class SessionJournal {
    private final JournalFile file;
    private final JournalWriter writer;
    private final boolean whole;
    private volatile AudioSpool audio;
    private final SharedJournal shared;
    /** The header, until other nodes have it. */
    private String unshared;

    /** Of the transcript's stem, if it was promised. */
    private volatile Optional<Integer> number = Optional.empty();

    private volatile Listener listener = new Listener() {
        @Override
        public void onPassed() {}

        @Override
        public void onShared(boolean durable) {}
    };

    SessionJournal(JournalFile file, Executor executor) {
        this(file, executor, true, SharedJournal.NONE, AudioSpool.NONE);
    }

    /**
     * @param whole false if a part of what is there cannot be read: then the file is kept aside in the end
     * @param shared where other nodes find what is written here
     * @param audio of the recording
     */
    SessionJournal(JournalFile file, Executor executor, boolean whole, SharedJournal shared, AudioSpool audio) {
        this.audio = audio;
        this.whole = whole;
        this.file = file;
        writer = new JournalWriter(file, executor);
        this.shared = shared;
        unshared = file.header().map(SessionJournal::line).orElse(null);
        shared.attach(new Sharing());
    }

    /** Hears, on any thread, where else the recording is. */
    public interface Listener {
        /** Another node owns the recording: nothing of it may be written, shown or sent here any more. */
        void onPassed();

        /** @param durable false while only this node has what is said, because the cluster's store is away */
        void onShared(boolean durable);
    }

    /** Comes before the first write. */
    public void listen(Listener heard) {
        listener = heard;
    }

    /**
     * Begins the file with all that another process needs to go on with the recording.
     *
     * @param options of {@code start}, by name
     * @param tokenHashes of the resume tokens that are good now
     */
    public CompletionStage<Void> begin(Map<String, String> options, List<String> tokenHashes) {
        number = OriginOptions.number(options);
        if (!OriginOptions.audio(options)) {
            audio = AudioSpool.NONE;
        }
        shared.tokens(tokenHashes);
        return write(new JournalEntry.Origin(options), new JournalEntry.Tokens(tokenHashes));
    }

    /** The number in the transcript's stem that somebody was told of. */
    Optional<Integer> number() {
        return number;
    }

    /** The resume tokens that are good from now on, hashed: they replace the ones before. */
    public CompletionStage<Void> tokens(List<String> hashes) {
        shared.tokens(hashes);
        return write(new JournalEntry.Tokens(hashes));
    }

    /** The audio before this position needs no recogniser any more, although no final covers it. */
    public CompletionStage<Void> settle(long bytes) {
        return write(new JournalEntry.Settled(bytes));
    }

    /**
     * As {@link #append(TranscriptSegment)}, with the position that the final settles, which becomes part of its line.
     */
    public CompletionStage<Void> append(TranscriptSegment segment, long settledBytes) {
        return write(new JournalEntry.Segment(segment, OptionalLong.of(settledBytes)));
    }

    /**
     * Adds a final segment.
     *
     * @return completes on the journal's executor once the segment is on disk. Fails with IOException if it cannot be
     *     written; from then on the journal is broken for good and every call fails at once.
     */
    public CompletionStage<Void> append(TranscriptSegment segment) {
        return write(new JournalEntry.Segment(segment));
    }

    /**
     * Keeps accepted audio, where audio is kept. It is on disk no later than anything that is written here after it. A
     * fault costs the audio, never the journal.
     *
     * @param position of its first byte in the client's audio
     * @param pcm not changed by anyone from now on
     */
    public void audio(long position, byte[] pcm) {
        if (audio.add(position, pcm)) {
            writer.run(() -> audio.write());
        }
    }

    /** What is settled from now on must be there when another process goes on behind it. */
    private void forceAudio() {
        audio.force();
    }

    /** The client goes on at this position, after its process ended. Blocks on the disk. */
    void resumeAudio(Map<String, String> options, long position) {
        if (OriginOptions.audio(options)) {
            audio.resume(position);
        } else {
            audio.delete();
        }
    }

    /** The recording ended at this position. Blocks on the disk. */
    void cutAudio(long position) {
        audio.cut(position);
    }

    /** The recording's audio; empty if there is none. Blocks on the disk. */
    Optional<WavFile> finishAudio() {
        return audio.finish();
    }

    /** Keeps the finals readable when the journal is gone. @return fails with IOException where that is not possible */
    public CompletionStage<KeptFinals> keep() {
        return writer.keep();
    }

    /** Whether all that was given so far, once written, can be read back with {@link #read}. */
    boolean sound() {
        return writer.sound();
    }

    /** Completes when all that was asked for until now is done, or has failed. */
    CompletionStage<Void> settled() {
        return writer.settled();
    }

    /** Deletes the journal, after what is still being written: the recording holds nothing, or is stored elsewhere. */
    public void discard() {
        shared.end();
        finish(whole ? file::delete : file::setAside);
    }

    /** Another process goes on with what is written by then. */
    public void handOver() {
        settled().thenRun(shared::release);
    }

    /** Deletes the file alone: the recording goes on at another node, which has all of it. */
    public void abandon() {
        shared.release();
        finish(file::delete);
    }

    /** For a journal of which a part could not be read: keeps it aside instead. */
    void setAside() {
        shared.end();
        finish(file::setAside);
    }

    private void finish(JournalWriter.LastAct act) {
        writer.finish(() -> {
            audio.delete();
            act.perform();
        });
    }

    /** Like {@link #append}, for what else a journal says. */
    CompletionStage<Void> write(JournalEntry... entries) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        List<String> texts = new ArrayList<>();
        for (JournalEntry entry : entries) {
            byte[] line = JournalLine.encode(entry);
            lines.writeBytes(line);
            texts.add(line(line));
        }
        return share(writer.write(lines.toByteArray(), this::forceAudio), texts);
    }

    /** To this node's disk first, so that the store can be given from there what it lacks. */
    private CompletionStage<Void> share(CompletionStage<Void> written, List<String> lines) {
        if (shared == SharedJournal.NONE) {
            return written;
        }
        return written.handle((done, broken) -> broken).thenCompose(broken -> shareNext(lines)
                .thenCompose(done -> broken == null
                        ? CompletableFuture.completedStage(null)
                        : CompletableFuture.failedStage(broken)));
    }

    private synchronized CompletionStage<Void> shareNext(List<String> lines) {
        List<String> all = new ArrayList<>(lines);
        if (unshared != null) {
            all.add(0, unshared);
            unshared = null;
        }
        return shared.append(all);
    }

    private static String line(byte[] encoded) {
        return new String(encoded, StandardCharsets.UTF_8).strip();
    }

    /** What the file holds; blocks on the disk. */
    JournalContent read() throws IOException {
        return file.read();
    }

    /** What the shared journal asks and tells. */
    private final class Sharing implements SharedJournal.Owner {
        @Override
        public List<String> lines() throws IOException {
            return file.lines();
        }

        @Override
        public void onPassed() {
            listener.onPassed();
        }

        @Override
        public void onDurability(boolean durable) {
            listener.onShared(durable);
        }
    }
}
