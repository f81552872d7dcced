package dev.steno.live;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Audio as nearly every client spells it, byte for byte: read without a JSON parser, in one walk over the payload. Ten
 * of these come a second from each recording, and nothing else does.
 */
final class UsualAudioFrame {
    /** As JavaScript's {@code JSON.stringify} and as Python's {@code json.dumps} write it. */
    private static final String[] HEADS = {"{\"type\":\"audio\",\"payload\":\"", "{\"type\": \"audio\", \"payload\": \""
    };

    private static final String TAIL = "\"}";

    private UsualAudioFrame() {}

    /** @return empty if the frame is anything else, or broken: the parser then says what it is */
    static Optional<ClientMessage.Audio> decode(String frame) {
        for (String head : HEADS) {
            if (frame.startsWith(head) && frame.endsWith(TAIL) && frame.length() >= head.length() + TAIL.length()) {
                return decodeBase64(frame, head.length(), frame.length() - TAIL.length());
            }
        }
        return Optional.empty();
    }

    @SuppressWarnings("ByteBufferBackingArray") // the decoder allocates it, and a copy of each chunk would cost
    private static Optional<ClientMessage.Audio> decodeBase64(String frame, int from, int to) {
        // What is not Latin-1 becomes a question mark, which is not base64 either.
        ByteBuffer payload = ByteBuffer.wrap(frame.getBytes(StandardCharsets.ISO_8859_1), from, to - from);
        try {
            ByteBuffer pcm = Base64.getDecoder().decode(payload);
            byte[] bytes = pcm.array();
            return Optional.of(
                    new ClientMessage.Audio(pcm.limit() == bytes.length ? bytes : Arrays.copyOf(bytes, pcm.limit())));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // a quote or an escape: there is more than a payload
        }
    }
}
