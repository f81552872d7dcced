package software.amazon.eventstream;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * Stands before the SDK's class of the same name, whose buffer is 2 MB for each stream, however short its messages; see
 * ADR 0006. Cuts a stream of bytes into messages of the event-stream encoding, by the same interface. Not thread-safe.
 */
public final class MessageDecoder {
    /** More than most messages of Amazon Transcribe have. */
    private static final int USUAL_CAPACITY = 8 * 1024;

    private final Consumer<Message> consumer;
    private List<Message> decoded;

    /** Holds the beginning of a message, up to its position. */
    private ByteBuffer received = ByteBuffer.allocate(USUAL_CAPACITY);

    /** Of the message under way; null until it was received. */
    private Prelude prelude;

    /** Keeps messages for {@link #getDecodedMessages}. */
    public MessageDecoder() {
        decoded = new ArrayList<>();
        consumer = message -> decoded.add(message);
    }

    /** @param consumer gets each message on the thread that feeds its last byte */
    public MessageDecoder(Consumer<Message> consumer) {
        this.consumer = consumer;
    }

    /**
     * The messages decoded since the last call.
     *
     * @throws IllegalStateException if they go to a consumer
     */
    public List<Message> getDecodedMessages() {
        if (decoded == null) {
            throw new IllegalStateException("The messages went to the consumer");
        }
        List<Message> messages = decoded;
        decoded = new ArrayList<>();
        return Collections.unmodifiableList(messages);
    }

    public void feed(byte[] bytes) {
        feed(ByteBuffer.wrap(bytes));
    }

    public void feed(byte[] bytes, int offset, int length) {
        feed(ByteBuffer.wrap(bytes, offset, length));
    }

    /**
     * Takes all of {@code bytes}.
     *
     * @throws IllegalArgumentException if they are no message: wrong checksums, impossible lengths
     */
    public MessageDecoder feed(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            take(bytes, (prelude == null ? Prelude.LENGTH_WITH_CRC : prelude.getTotalLength()) - received.position());
            if (prelude == null && received.position() == Prelude.LENGTH_WITH_CRC) {
                begin(Prelude.decode(received.duplicate().flip()));
            }
            if (prelude != null && received.position() == prelude.getTotalLength()) {
                end();
            }
        }
        return this;
    }

    private void take(ByteBuffer bytes, int wanted) {
        int count = Math.min(wanted, bytes.remaining());
        received.put(bytes.slice(bytes.position(), count));
        bytes.position(bytes.position() + count);
    }

    private void begin(Prelude next) {
        prelude = next;
        if (next.getTotalLength() > received.capacity()) {
            received = ByteBuffer.allocate(next.getTotalLength()).put(received.flip());
        }
    }

    private void end() {
        Message message = Message.decode(prelude, received.flip());
        prelude = null;
        received = received.capacity() > USUAL_CAPACITY ? ByteBuffer.allocate(USUAL_CAPACITY) : received.clear();
        consumer.accept(message);
    }
}
