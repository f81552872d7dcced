package dev.steno.recognition.remote;

import dev.steno.recognition.RecognitionFailure;
import dev.steno.recognition.RecognitionListener;
import dev.steno.recognition.RecognitionResult;
import dev.steno.recognition.RecognitionStream;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One stream over a WebSocket. It ends once, by whichever comes first: what the server says, a connection that breaks,
 * or {@link #abort}. The listener is called under this object's lock, which puts its calls in one order; it returns at
 * once. Deadlines are the session's: it replaces streams that do not answer, stall or never end.
 */
final class RemoteStream implements RecognitionStream, EngineSocket.Peer, EngineLine {
    private static final Logger LOG = System.getLogger(RemoteStream.class.getName());
    private static final JsonReaderFactory JSON = JsonProvider.provider().createReaderFactory(Map.of());

    private final RecognitionListener listener;
    private final EngineFailures failures;
    private final EngineHealth health;
    private final Runnable release;
    private final Instant replaceBy;
    private final EngineSocket socket = new EngineSocket(this);
    private final EngineProtocol protocol;
    /** A server that has not answered by then is in trouble, as {@link System#nanoTime}. */
    private final long answerBy;

    // All below is guarded by this object's lock.
    private final Outbox outbox;
    private boolean opened;
    private boolean ended;

    /** @param release gives back what the stream holds; called once, just before the terminal event or on abort */
    RemoteStream(
            RecognitionListener listener,
            RemoteEngine engine,
            Runnable release,
            Instant replaceBy,
            Function<EngineLine, EngineProtocol> protocol) {
        this.listener = listener;
        this.failures = engine.failures();
        this.health = engine.health();
        this.release = release;
        this.replaceBy = replaceBy;
        answerBy = System.nanoTime() + engine.startTimeout().toNanos();
        outbox = new Outbox(listener::onRoom);
        this.protocol = protocol.apply(this);
    }

    EngineSocket socket() {
        return socket;
    }

    @Override
    public int send(ByteBuffer audio) {
        int taken;
        synchronized (this) {
            taken = ended ? 0 : outbox.put(audio);
        }
        socket.pump();
        return taken;
    }

    @Override
    public void finish() {
        synchronized (this) {
            outbox.finish();
        }
        socket.pump();
    }

    @Override
    public Instant replaceBy() {
        return replaceBy;
    }

    @Override
    public void abort() {
        synchronized (this) {
            if (!opened && !ended && System.nanoTime() >= answerBy) {
                health.failed(failures.noAnswer());
            }
        }
        if (end(nobody -> {})) {
            socket.abort();
        }
    }

    // The connection.

    @Override
    public synchronized void connected() {
        if (!ended) {
            protocol.connected();
        }
    }

    @Override
    public synchronized Outgoing next() {
        return ended ? null : outbox.next(protocol, opened);
    }

    /** The boundary of a thread: whatever the server says ends this stream only. */
    @Override
    public void message(String text) {
        try (JsonReader reader = JSON.createReader(new StringReader(text))) {
            JsonObject message = reader.readObject();
            synchronized (this) {
                if (!ended) {
                    protocol.message(message);
                }
            }
        } catch (JsonException | ClassCastException | NullPointerException | IllegalStateException e) {
            LOG.log(Level.DEBUG, "A message of an engine's server cannot be read", e);
            fail(failures.garbled());
        }
        socket.pump();
    }

    @Override
    public void closed(int code) {
        boolean answered;
        synchronized (this) {
            answered = opened;
        }
        fail(failures.closed(code, answered));
    }

    @Override
    public void broken(Throwable cause) {
        LOG.log(Level.DEBUG, "The connection to an engine's server ended", cause);
        fail(failures.of(cause));
    }

    // The protocol, which is called under the lock.

    @Override
    public synchronized void say(Outgoing message) {
        outbox.say(message);
    }

    @Override
    public synchronized void opened() {
        if (!ended && !opened) {
            opened = true;
            health.worked();
            listener.onOpened();
        }
    }

    @Override
    public void partial(RecognitionResult result) {
        tell(hearer -> hearer.onPartial(result));
    }

    @Override
    public void settled(RecognitionResult result) {
        tell(hearer -> hearer.onFinal(result));
    }

    @Override
    public void noWords(double until) {
        tell(hearer -> hearer.onNoWords(until));
    }

    @Override
    public void progress() {
        tell(RecognitionListener::onProgress);
    }

    private synchronized void tell(Consumer<RecognitionListener> event) {
        if (!ended && opened) {
            event.accept(listener);
        }
    }

    @Override
    public void complete() {
        if (end(RecognitionListener::onCompleted)) {
            socket.close();
        }
    }

    @Override
    public void fail(RecognitionFailure failure) {
        boolean unopened;
        synchronized (this) {
            unopened = !opened && !ended;
        }
        if (unopened) {
            health.failed(failure.message() + " " + failure.remedy());
        }
        if (end(hearer -> hearer.onFailed(failure))) {
            socket.abort();
        }
    }

    @Override
    public synchronized double sentSeconds() {
        return outbox.sentSeconds();
    }

    /** Whether this call was the one that ended the stream. */
    private synchronized boolean end(Consumer<RecognitionListener> lastWord) {
        if (ended) {
            return false;
        }
        ended = true;
        outbox.clear();
        release.run();
        lastWord.accept(listener);
        return true;
    }
}
