package dev.steno.recognition.amazon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;
import software.amazon.eventstream.MessageDecoder;

/** Our decoder of event streams does what the SDK's does, whose place it takes, with less memory. */
class EventStreamDecoderTest {
    private static final int MEGABYTE = 1 << 20;

    private static Class<?> original;

    @BeforeAll
    static void load_the_class_of_the_library() throws Exception {
        URL library = Message.class.getProtectionDomain().getCodeSource().getLocation();
        assertThat(library.getPath()).contains("eventstream-1");
        ClassLoader apart = new URLClassLoader(new URL[] {library}, ClassLoader.getPlatformClassLoader());
        original = apart.loadClass(MessageDecoder.class.getName());
    }

    @Test
    void has_the_same_interface() {
        assertThat(signatures(MessageDecoder.class)).isEqualTo(signatures(original));
    }

    @Test
    void finds_the_same_messages_however_they_are_cut() throws Exception {
        Random random = new Random(6);
        for (int round = 0; round < 300; round++) {
            byte[] bytes = messages(random, 1 + random.nextInt(20));
            List<ByteBuffer> chunks = cut(bytes, random);
            List<ByteBuffer> ours = decode(chunks);
            assertThat(ours).isNotEmpty().isEqualTo(decodeByOriginal(chunks));
        }
    }

    @Test
    void refuses_what_the_library_refuses() throws Exception {
        Random random = new Random(7);
        int refused = 0;
        for (int round = 0; round < 500; round++) {
            byte[] bytes = messages(random, 3);
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            List<ByteBuffer> chunks = cut(bytes, random);
            String theirs = refusal(() -> decodeByOriginal(chunks));
            assertThat(refusal(() -> decode(chunks))).isEqualTo(theirs);
            refused += theirs == null ? 0 : 1;
        }
        assertThat(refused).isGreaterThan(400);
    }

    @Test
    void hands_messages_to_a_consumer_instead() {
        List<Message> heard = new ArrayList<>();
        MessageDecoder decoder = new MessageDecoder(heard::add);
        Message message = new Message(Map.of(), new byte[] {1, 2, 3});
        decoder.feed(message.toByteBuffer());
        assertThat(heard).containsExactly(message);
    }

    @Test
    void takes_no_memory_that_messages_do_not_need() {
        Runtime runtime = Runtime.getRuntime();
        List<MessageDecoder> decoders = new ArrayList<>();
        Message large = new Message(Map.of(), new byte[100_000]);
        runtime.gc();
        long before = runtime.totalMemory() - runtime.freeMemory();
        for (int i = 0; i < 200; i++) {
            MessageDecoder decoder = new MessageDecoder();
            decoder.feed(large.toByteBuffer());
            assertThat(decoder.getDecodedMessages()).hasSize(1);
            decoders.add(decoder);
        }
        runtime.gc();
        long after = runtime.totalMemory() - runtime.freeMemory();
        assertThat(decoders).hasSize(200);
        // The library's would take 400 MB.
        assertThat(after - before).isLessThan(20L * MEGABYTE);
    }

    @Test
    void does_not_wait_for_a_length_that_no_message_has() {
        byte[] prelude = new byte[12];
        Arrays.fill(prelude, (byte) 0x7f);
        MessageDecoder decoder = new MessageDecoder();
        assertThatIllegalArgumentException().isThrownBy(() -> decoder.feed(prelude));
    }

    private static byte[] messages(Random random, int count) {
        ByteBuffer all = ByteBuffer.allocate(4 * MEGABYTE);
        for (int i = 0; i < count; i++) {
            Map<String, HeaderValue> headers = new LinkedHashMap<>();
            for (int header = random.nextInt(4); header > 0; header--) {
                headers.put("name" + header, HeaderValue.fromString("x".repeat(1 + random.nextInt(50))));
            }
            byte[] payload = new byte[random.nextInt(10) == 0 ? random.nextInt(100_000) : random.nextInt(2_000)];
            random.nextBytes(payload);
            all.put(new Message(headers, payload).toByteBuffer());
        }
        return Arrays.copyOf(all.array(), all.position());
    }

    private static List<ByteBuffer> cut(byte[] bytes, Random random) {
        List<ByteBuffer> chunks = new ArrayList<>();
        int longest = 1 + random.nextInt(random.nextBoolean() ? 20 : 20_000);
        for (int from = 0; from < bytes.length; ) {
            int count = Math.min(1 + random.nextInt(longest), bytes.length - from);
            chunks.add(ByteBuffer.wrap(bytes, from, count).asReadOnlyBuffer());
            from += count;
        }
        return chunks;
    }

    private static List<ByteBuffer> decode(List<ByteBuffer> chunks) {
        MessageDecoder decoder = new MessageDecoder();
        List<ByteBuffer> messages = new ArrayList<>();
        for (ByteBuffer chunk : chunks) {
            ByteBuffer fed = chunk.duplicate();
            decoder.feed(fed);
            assertThat(fed.hasRemaining()).isFalse();
            decoder.getDecodedMessages().forEach(message -> messages.add(message.toByteBuffer()));
        }
        return messages;
    }

    private static List<ByteBuffer> decodeByOriginal(List<ByteBuffer> chunks) throws Exception {
        Object decoder = original.getConstructor().newInstance();
        Method feed = original.getMethod("feed", ByteBuffer.class);
        Method decoded = original.getMethod("getDecodedMessages");
        List<ByteBuffer> messages = new ArrayList<>();
        for (ByteBuffer chunk : chunks) {
            feed.invoke(decoder, chunk.duplicate());
            for (Object message : (List<?>) decoded.invoke(decoder)) {
                messages.add((ByteBuffer)
                        message.getClass().getMethod("toByteBuffer").invoke(message));
            }
        }
        return messages;
    }

    private interface Decoding {
        List<ByteBuffer> run() throws Exception;
    }

    /** Why a decoder refuses the bytes; null if it takes them. */
    private static String refusal(Decoding decoding) throws Exception {
        try {
            decoding.run();
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        } catch (InvocationTargetException e) {
            assertThat(e.getCause()).isInstanceOf(IllegalArgumentException.class);
            return e.getCause().getMessage();
        }
    }

    private static Set<String> signatures(Class<?> decoder) {
        Set<String> signatures = new TreeSet<>();
        Stream.of(decoder.getConstructors()).forEach(made -> signatures.add(made.toGenericString()));
        Stream.of(decoder.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .forEach(method -> signatures.add(method.toGenericString()));
        return signatures;
    }
}
