package dev.steno.recognition.amazon;

import dev.steno.transcript.AudioFormat;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.transcribestreaming.model.AudioStream;

/**
 * Cuts audio into uniform events and publishes them as the one subscriber asks for them. Thread-safe, without a thread
 * of its own: events go out on the thread that sends or requests. Completes after {@link #finish}, once all is out.
 */
final class AudioEventPublisher implements Publisher<AudioStream> {
    /** 100 ms: AWS wants 50 to 200 ms, all alike; shorter ones make transcripts late, longer ones are refused. */
    static final int EVENT_BYTES = AudioFormat.BYTES_PER_SECOND / 10;

    /** 2 s: the 1 s that the port promises, and as much again until the half-empty queue asks for more. */
    static final int CAPACITY = 20;

    private final Runnable onRoom;
    private final BooleanSupplier gate;
    private final AtomicInteger signals = new AtomicInteger();

    // All below is guarded by this object's lock, under which no foreign code is called.
    private final ArrayDeque<byte[]> events = new ArrayDeque<>();
    private byte[] current = new byte[EVENT_BYTES];
    private int filled;
    private Subscriber<? super AudioStream> subscriber;
    private boolean subscribed;
    private long demand;
    private boolean badRequest;
    private boolean roomWanted;
    private boolean finished;
    private boolean completed;
    private boolean closed;
    private boolean cancelled;

    /** @param onRoom called when half of the queue is free again after {@link #send} took less than it was given */
    AudioEventPublisher(Runnable onRoom) {
        this(onRoom, () -> true);
    }

    /** @param gate while it is closed no audio is taken or published; when it opens, {@link #resume} is to be called */
    AudioEventPublisher(Runnable onRoom, BooleanSupplier gate) {
        this.onRoom = onRoom;
        this.gate = gate;
    }

    /** Takes as much as there is room for; see {@link dev.steno.recognition.RecognitionStream#send}. */
    int send(ByteBuffer audio) {
        int before = audio.position();
        while (fill(audio)) {
            publish();
        }
        return audio.position() - before;
    }

    /** The gate is open again. */
    void resume() {
        publish();
        boolean room;
        synchronized (this) {
            room = roomWanted && events.size() <= CAPACITY / 2;
            roomWanted &= !room;
        }
        if (room) {
            onRoom.run();
        }
    }

    void finish() {
        synchronized (this) {
            if (!finished && filled > 0) {
                events.add(Arrays.copyOf(current, filled));
            }
            finished = true;
        }
        publish();
    }

    /** Drops what is left and takes nothing more. The subscriber, now or later, learns that no end will come. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        publish();
    }

    /** Whether all audio and the end of it were handed to the subscriber. */
    synchronized boolean completed() {
        return completed;
    }

    @Override
    public void subscribe(Subscriber<? super AudioStream> candidate) {
        Objects.requireNonNull(candidate, "subscriber");
        if (alreadySubscribed()) {
            candidate.onSubscribe(new Demand(false));
            candidate.onError(new IllegalStateException("Audio can be sent once only"));
            return;
        }
        candidate.onSubscribe(new Demand(true));
        synchronized (this) {
            subscriber = cancelled ? null : candidate;
        }
        publish();
    }

    private synchronized boolean alreadySubscribed() {
        boolean already = subscribed;
        subscribed = true;
        return already;
    }

    /** Moves audio into the queue; false when nothing could be moved. */
    private synchronized boolean fill(ByteBuffer audio) {
        if (closed || finished || !audio.hasRemaining()) {
            return false;
        }
        if (events.size() >= CAPACITY || !gate.getAsBoolean()) {
            roomWanted = true;
            return false;
        }
        while (audio.hasRemaining() && events.size() < CAPACITY) {
            int length = Math.min(audio.remaining(), EVENT_BYTES - filled);
            audio.get(current, filled, length);
            filled += length;
            if (filled == EVENT_BYTES) {
                events.add(current);
                current = new byte[EVENT_BYTES];
                filled = 0;
            }
        }
        return true;
    }

    /**
     * Sends signals one at a time, as the specification demands: a caller who finds one under way leaves it to that.
     */
    private void publish() {
        if (signals.getAndIncrement() != 0) {
            return;
        }
        int handled = 1;
        do {
            Runnable signal;
            while ((signal = nextSignal()) != null) {
                signal.run();
            }
            handled = signals.addAndGet(-handled);
        } while (handled != 0);
    }

    private synchronized Runnable nextSignal() {
        Subscriber<? super AudioStream> receiver = subscriber;
        if (receiver == null) {
            return null;
        }
        if (closed) {
            return last(() -> receiver.onError(new CancellationException("The stream was given up")));
        }
        if (badRequest) {
            return last(() -> receiver.onError(new IllegalArgumentException("Rule 3.9: request at least one event")));
        }
        if (demand > 0 && !events.isEmpty() && gate.getAsBoolean()) {
            demand--;
            return nextEvent(receiver);
        }
        if (finished && events.isEmpty()) {
            completed = true;
            return last(receiver::onComplete);
        }
        return null;
    }

    private Runnable last(Runnable signal) {
        stop();
        return signal;
    }

    private synchronized void stop() {
        closed = true;
        events.clear();
        subscriber = null;
    }

    private synchronized void cancel() {
        cancelled = true;
        stop();
    }

    private Runnable nextEvent(Subscriber<? super AudioStream> receiver) {
        AudioStream event = AudioStream.audioEventBuilder()
                .audioChunk(SdkBytes.fromByteArrayUnsafe(events.remove()))
                .build();
        if (!roomWanted || events.size() > CAPACITY / 2) {
            return () -> receiver.onNext(event);
        }
        roomWanted = false;
        return () -> {
            receiver.onNext(event);
            onRoom.run();
        };
    }

    private synchronized void request(long events) {
        badRequest |= events <= 0;
        demand = demand + events < 0 ? Long.MAX_VALUE : demand + Math.max(0, events);
    }

    /** What the subscriber holds; a refused one holds nothing. */
    private final class Demand implements Subscription {
        private final boolean accepted;

        private Demand(boolean accepted) {
            this.accepted = accepted;
        }

        @Override
        public void request(long events) {
            if (accepted) {
                AudioEventPublisher.this.request(events);
                publish();
            }
        }

        @Override
        public void cancel() {
            if (accepted) {
                AudioEventPublisher.this.cancel();
            }
        }
    }
}
