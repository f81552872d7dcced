package dev.steno.protocol.files;

import dev.steno.session.SessionConnection;
import dev.steno.transcript.AudioFormat;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Brings a file's audio into its session, a second at a time, as the engine takes it: the session says how much still
 * waits, and gets more when that is little. So an engine that must be paced sets the pace, and one that is quick is
 * never without audio.
 */
final class FilePump {
    /** Less than the 5 s that the least {@code REPLAY_BUFFER} has, with the second that is sent next. */
    private static final int AHEAD_BYTES = 2 * AudioFormat.BYTES_PER_SECOND;

    /** An engine that is 40 times as fast as speech still has audio until then. */
    private static final long ASK_MILLIS = 50;

    private final WavAudio audio;
    private final SessionConnection session;
    private final Executor executor;
    private final ScheduledExecutorService time;
    private final Consumer<IOException> onFault;
    private volatile boolean over;

    /**
     * @param onFault hears that the file cannot be read
     */
    FilePump(WavAudio audio, SessionConnection session, FileThreads threads, Consumer<IOException> onFault) {
        this.audio = audio;
        this.session = session;
        this.executor = threads.work();
        this.time = threads.time();
        this.onFault = onFault;
    }

    /** @param work runs what blocks on the disk */
    record FileThreads(Executor work, ScheduledExecutorService time) {}

    /** Asks what waits, and goes on from there. The session does it after all that it was asked before. */
    void ask() {
        session.askWaiting(this::onWaiting);
    }

    /** Nothing more is read. By any thread. */
    void end() {
        over = true;
    }

    private void onWaiting(long bytes) {
        if (over) {
            return;
        }
        try {
            if (bytes < AHEAD_BYTES) {
                executor.execute(this::send);
            } else {
                var unused = time.schedule(this::ask, ASK_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (RejectedExecutionException e) { // the server goes down, and ends the session
            over = true;
        }
    }

    private void send() {
        if (over) {
            return;
        }
        try {
            byte[] pcm = audio.next();
            if (pcm == null) {
                over = true;
                session.stop();
                return;
            }
            if (pcm.length > 0) {
                session.audio(pcm);
            }
            ask();
        } catch (IOException e) {
            if (!over) { // else the file was erased because nobody wants it any more
                over = true;
                onFault.accept(e);
            }
        }
    }
}
