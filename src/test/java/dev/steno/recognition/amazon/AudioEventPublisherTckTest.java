package dev.steno.recognition.amazon;

import java.nio.ByteBuffer;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import software.amazon.awssdk.services.transcribestreaming.model.AudioStream;

/** The Reactive Streams TCK: every rule of the specification that binds a publisher. Runs on TestNG. */
public class AudioEventPublisherTckTest extends PublisherVerification<AudioStream> {
    /** How long the TCK waits for a signal, and for the absence of one. */
    private static final int SIGNAL_MILLIS = 1000;

    private static final int SILENCE_MILLIS = 50;

    public AudioEventPublisherTckTest() {
        super(new TestEnvironment(SIGNAL_MILLIS, SILENCE_MILLIS));
    }

    @Override
    public Publisher<AudioStream> createPublisher(long events) {
        return new Source(events).publisher;
    }

    @Override
    public Publisher<AudioStream> createFailedPublisher() {
        AudioEventPublisher closed = new AudioEventPublisher(() -> {});
        closed.close();
        return closed;
    }

    /** Fills the publisher up again whenever it has room, until it has sent its share. */
    private static final class Source {
        private final AudioEventPublisher publisher = new AudioEventPublisher(this::refill);
        private long left;

        private Source(long events) {
            left = events;
            refill();
        }

        private synchronized void refill() {
            while (left > 0 && publisher.send(ByteBuffer.allocate(AudioEventPublisher.EVENT_BYTES)) > 0) {
                left--;
            }
            if (left == 0) {
                publisher.finish();
            }
        }
    }
}
