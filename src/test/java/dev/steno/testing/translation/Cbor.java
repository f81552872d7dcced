package dev.steno.testing.translation;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Maps of strings in CBOR (RFC 8949), which is all that TranslateText needs. */
final class Cbor {
    private static final int MAP_WITHOUT_LENGTH = 0xbf;
    private static final int BREAK = 0xff;
    private static final int TEXT = 3;

    private Cbor() {}

    static Map<String, String> read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int head = in.get() & 0xff;
        int count = head == MAP_WITHOUT_LENGTH ? Integer.MAX_VALUE : head & 0x1f;
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < count && (in.get(in.position()) & 0xff) != BREAK; i++) {
            map.put(text(in), text(in));
        }
        return map;
    }

    private static String text(ByteBuffer in) {
        int head = in.get() & 0xff;
        if (head >> 5 != TEXT) {
            throw new IllegalArgumentException("no text: " + head);
        }
        int length =
                switch (head & 0x1f) {
                    case 24 -> in.get() & 0xff;
                    case 25 -> in.getShort() & 0xffff;
                    default -> head & 0x1f;
                };
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static byte[] write(Map<String, String> map) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(MAP_WITHOUT_LENGTH);
        map.forEach((key, value) -> {
            text(out, key);
            text(out, value);
        });
        out.write(BREAK);
        return out.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(TEXT << 5 | 25);
        out.write(bytes.length >> 8);
        out.write(bytes.length);
        out.writeBytes(bytes);
    }
}
