package dev.steno.recognition.sphinx;

import dev.steno.logging.LogEvent;
import dev.steno.recognition.AudioQueue;
import dev.steno.recognition.RecognitionFailure;
import dev.steno.recognition.RecognitionListener;
import dev.steno.recognition.RecognitionResult;
import dev.steno.recognition.RecognitionStream;
import dev.steno.transcript.AudioFormat;
import dev.steno.transcript.SessionId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * One stream. Audio waits in a bounded queue; while there is some, at most one task of the executor decodes it. A
 * silent or paused client holds no thread.
 */
final class SphinxStream implements RecognitionStream {
    private static final System.Logger LOG = System.getLogger(SphinxStream.class.getName());

    /** What may wait: 10 s, enough for the time in which the models load. */
    private static final int CAPACITY_BYTES = 10 * AudioFormat.BYTES_PER_SECOND;

    /** Decoded at a stretch: 0.1 s, so that an abort is noticed soon. */
    private static final int CHUNK_BYTES = AudioFormat.BYTES_PER_SECOND / 10;

    /** Often enough for every time-out of a session, which are whole seconds. */
    private static final long PROGRESS_NANOS = Duration.ofMillis(500).toNanos();

    private enum Step {
        DECODE,
        FINISH,
        WAIT,
        GONE
    }

    private final SessionId session;
    private final CompletableFuture<SphinxModels> models;
    private final Executor executor;
    private final RecognitionListener listener;
    private final Runnable release;

    // guarded by this
    private final AudioQueue queue = new AudioQueue(CAPACITY_BYTES);
    private boolean opened;
    private boolean refused;
    private boolean working;
    private boolean finishing;
    private boolean ended;

    // used by the one working task
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private int chunkBytes;
    private long toldAt = System.nanoTime();
    private SphinxDecoder decoder;

    /**
     * @param session for the log
     * @param release called once, when the stream needs nothing more
     */
    SphinxStream(
            SessionId session,
            CompletableFuture<SphinxModels> models,
            Executor executor,
            RecognitionListener listener,
            Runnable release) {
        this.session = session;
        this.models = models;
        this.executor = executor;
        this.listener = listener;
        this.release = release;
    }

    /** Hears when the models are there, or that they never will be. */
    void start() {
        var unused = models.whenComplete((loaded, failure) -> {
            if (failure != null) {
                fail(SphinxRecognizer.unavailable());
            } else {
                open();
            }
        });
    }

    /** Whatever breaks would stay in the future, which nobody asks. */
    private void open() {
        try {
            if (!ended()) {
                listener.onOpened();
                synchronized (this) {
                    opened = true;
                }
                work();
            }
        } catch (RuntimeException | Error e) {
            broken(e);
        }
    }

    @Override
    public int send(ByteBuffer audio) {
        int taken = put(audio);
        work();
        return taken;
    }

    private synchronized int put(ByteBuffer audio) {
        if (finishing || ended) {
            return 0;
        }
        int taken = queue.put(audio);
        refused = audio.remaining() >= AudioFormat.BYTES_PER_SAMPLE;
        return taken;
    }

    @Override
    public void finish() {
        synchronized (this) {
            finishing = true;
        }
        work();
    }

    @Override
    public void abort() {
        end();
    }

    private void work() {
        synchronized (this) {
            if (!opened || working || ended || (queue.size() == 0 && !finishing)) {
                return;
            }
            working = true;
        }
        try {
            executor.execute(this::drain);
        } catch (RejectedExecutionException e) {
            LogEvent.of("decoder_refused", "Session " + session + ": no thread for decoding. Is the server stopping?")
                    .session(session)
                    .thrown(e)
                    .log(LOG, System.Logger.Level.WARNING);
            fail(failed());
        }
    }

    /**
     * The boundary of a thread: whatever breaks inside Sphinx, which throws plain errors too, ends this stream only.
     */
    private void drain() {
        try {
            Step step = next();
            while (step == Step.DECODE) {
                decoder().decode(chunk, chunkBytes);
                tellProgress();
                tellRoom();
                step = next();
            }
            if (step == Step.FINISH) {
                decoder().finish();
                complete();
            }
        } catch (CancellationException e) {
            LOG.log(System.Logger.Level.TRACE, "Session {0}: the decoder stopped; its stream was aborted.", session);
        } catch (RuntimeException | Error e) {
            broken(e);
        }
    }

    private void broken(Throwable fault) {
        LogEvent.of("decoder_broke", "Session " + session + ": the embedded recogniser broke.")
                .session(session)
                .thrown(fault)
                .log(LOG, System.Logger.Level.ERROR);
        fail(failed());
    }

    private synchronized Step next() {
        if (ended) {
            return Step.GONE;
        }
        chunkBytes = queue.take(chunk);
        if (chunkBytes > 0) {
            return Step.DECODE;
        }
        if (finishing) {
            return Step.FINISH;
        }
        working = false;
        return Step.WAIT;
    }

    private SphinxDecoder decoder() {
        if (decoder == null) {
            decoder = new SphinxDecoder(models.join(), new UntilEnd());
        }
        return decoder;
    }

    /** By the clock, not by the audio: a machine that is short of processor time is not taken for a broken engine. */
    private void tellProgress() {
        long now = System.nanoTime();
        if (now - toldAt >= PROGRESS_NANOS && !ended()) {
            toldAt = now;
            listener.onProgress();
        }
    }

    private void tellRoom() {
        synchronized (this) {
            if (!refused || ended || queue.size() > CAPACITY_BYTES / 2) {
                return;
            }
            refused = false;
        }
        listener.onRoom();
    }

    private void complete() {
        if (end()) {
            listener.onCompleted();
        }
    }

    private void fail(RecognitionFailure failure) {
        if (end()) {
            listener.onFailed(failure);
        }
    }

    /** Whether this call was the one that ended the stream. */
    private boolean end() {
        synchronized (this) {
            if (ended) {
                return false;
            }
            ended = true;
            queue.clear();
        }
        release.run();
        return true;
    }

    private synchronized boolean ended() {
        return ended;
    }

    private static RecognitionFailure failed() {
        return new RecognitionFailure(
                RecognitionFailure.Kind.FAILED,
                true,
                "The embedded recogniser broke.",
                "Go on speaking; if it happens again, look into the server's log.");
    }

    /** Nothing is told of a stream that was aborted. */
    private final class UntilEnd implements SphinxDecoder.Output {
        @Override
        public void partial(RecognitionResult result) {
            if (!ended()) {
                listener.onPartial(result);
            }
        }

        @Override
        public void settled(RecognitionResult result) {
            if (!ended()) {
                listener.onFinal(result);
            }
        }

        /** The time of an aborted stream is better spent on the one that takes its place. */
        @Override
        public void working() {
            if (ended()) {
                throw new CancellationException();
            }
            tellProgress();
        }
    }
}
