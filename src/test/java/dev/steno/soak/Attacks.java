package dev.steno.soak;

import dev.steno.testing.RawSocket;
import dev.steno.testing.UnreadRequests;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** What a stranger may try. */
final class Attacks {
    private static final int TEXT = 0x01;
    private static final int BINARY = 0x02;
    private static final int CONTINUATION = 0x00;
    private static final int PING = 0x89;

    /** Another client than those whose answers count; every Linux has it. */
    private static final String MALLORY = "127.0.0.2";

    /** More than a server has threads for HTTP. */
    private static final int UNREAD_CONNECTIONS = 40;

    /** Of one connection: some hundred requests, for far more than its buffers hold. */
    private static final int UNREAD_REQUEST_BYTES = 20_000;

    private final URI base;

    Attacks(URI base) {
        this.base = base;
    }

    /** By name, each once when it is run. A server may hang up in each of them. */
    Map<String, Runnable> all() {
        Map<String, Runnable> all = new LinkedHashMap<>();
        all.put("a frame with the handshake", () -> early("GET", "", frames(PING, 5, 1)));
        all.put("half a frame with the handshake", () -> early("GET", "", new byte[] {(byte) 0x81}));
        all.put("a handshake with a body", () -> early("POST", "Content-Length: 5\r\n", new byte[5]));
        all.put("pings without end", () -> flood(new byte[0], frames(PING, 125, 400)));
        all.put("fragments without a byte", () -> flood(frames(BINARY, 0, 1), frames(CONTINUATION, 0, 8_000)));
        all.put("fragments of a byte", () -> flood(frames(TEXT, 1, 1), frames(CONTINUATION, 1, 7_000)));
        all.put("fragments without end", () -> flood(frames(BINARY, 60_000, 1), frames(CONTINUATION, 60_000, 1)));
        all.put("a frame that never ends", this::endlessFrame);
        all.put("frames without a mask", this::withoutMask);
        all.put("requests that are reset", () -> RawSocket.sendAndReset(base, requests()));
        all.put("answers that nobody reads", this::unread);
        return all;
    }

    private void flood(byte[] first, byte[] again) {
        try (RawSocket socket = RawSocket.open(base, "none")) {
            socket.bytes(first);
            socket.untilClosedOrNotRead(open -> open.bytes(again));
        }
    }

    private void withoutMask() {
        try (RawSocket socket = RawSocket.open(base, "none")) {
            socket.bytes(new byte[] {(byte) 0x82, 2, 0, 0});
            if (socket.awaitClose() != 1002) {
                throw new AssertionError("The server takes frames without a mask.");
            }
        }
    }

    private void endlessFrame() {
        try (RawSocket socket = RawSocket.open(base, "none")) {
            socket.begin(1L << 40);
            socket.untilClosedOrNotRead(open -> open.bytes(new byte[60_000]));
        }
    }

    private void early(String method, String headers, byte[] bytes) {
        RawSocket.openAndSend(base, "none", method, headers, bytes).close();
    }

    private byte[] requests() {
        String one = "GET " + base.getPath() + "css/page.css HTTP/1.1\r\nHost: localhost\r\n\r\n";
        return String.join("", List.of(one.repeat(500))).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] frames(int first, int payload, int times) {
        byte[] one = RawSocket.frameBytes(first, new byte[payload]);
        ByteBuffer all = ByteBuffer.allocate(one.length * times);
        for (int i = 0; i < times; i++) {
            all.put(one);
        }
        return all.array();
    }

    private void unread() {
        List<String> paths = List.of(base.getPath() + "js/lib/uqr.js", base.getPath() + "css/page.css");
        try (UnreadRequests requests = new UnreadRequests(
                base, InetAddress.getByName(MALLORY), UNREAD_CONNECTIONS, paths, UNREAD_REQUEST_BYTES)) {
            requests.send();
            LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }
}
