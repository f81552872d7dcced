package dev.steno.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steno.testing.RawSocket;
import dev.steno.testing.ServerJvm;
import dev.steno.testing.StenoClient;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.UnreadRequests;
import dev.steno.testing.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever can open a socket can neither stop the server nor fill it. */
class AttacksIT {
    private static final String MALLORY = "mallory-has-a-token-as-well";

    /** More than the server has HTTP threads. */
    private static final int MANY = 40;

    /** Some hundred requests, for far more than the buffers of a connection hold. */
    private static final int UNREAD_BYTES = 20_000;

    /** All threads may wait for what is not read, once and for 5 s; a busy machine takes longer over it. */
    private static final Duration ONCE = Duration.ofSeconds(20);

    private static final byte[] START =
            RawSocket.frameBytes(0x81, "{\"type\":\"control\",\"action\":\"start\"}".getBytes(StandardCharsets.UTF_8));

    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private static Path folder;

    private static AmazonStandIns amazon;
    private static StenoProcess steno;

    @BeforeAll
    static void start() {
        amazon = new AmazonStandIns();
        steno = StenoProcess.start(
                folder,
                amazon.inFolder(
                        "AUTH_MODE", "token", "AUTH_TOKENS", "mallory:" + MALLORY, "SESSION_RESUME_WINDOW", "PT1S"));
        steno.awaitOk("healthz/ready");
    }

    @AfterAll
    static void stop() {
        steno.close();
        amazon.close();
    }

    @Test
    void answers_after_frames_that_came_with_the_handshake() {
        for (int i = 0; i < MANY; i++) {
            sendEarly("GET", "", START);
        }
        assertStillTranscribes();
    }

    @Test
    void answers_after_half_a_frame_that_came_with_the_handshake() {
        for (int i = 0; i < MANY; i++) {
            sendEarly("GET", "", new byte[] {(byte) 0x81});
        }
        assertStillTranscribes();
    }

    @Test
    void answers_after_handshakes_with_a_body() {
        for (int i = 0; i < MANY; i += 3) {
            sendEarly("GET", "Content-Length: 5\r\n", HELLO);
            sendEarly("POST", "Content-Length: 5\r\n", HELLO);
            sendEarly(
                    "GET",
                    "Transfer-Encoding: chunked\r\n",
                    "5\r\nhello\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        assertStillTranscribes();
    }

    @Test
    void answers_after_frames_that_came_a_moment_after_the_handshake() {
        for (int i = 0; i < MANY; i++) {
            try (RawSocket socket = RawSocket.open(steno.base(), MALLORY)) {
                LockSupport.parkNanos(i * 100_000L);
                socket.bytes(START);
            }
        }
        assertStillTranscribes();
    }

    @Test
    void takes_what_came_with_the_handshake() {
        assumeTrue(steno.takesEarlyFrames(), "this server drops it, see docs/servers.md");
        byte[] pong = RawSocket.frameBytes(0x89, HELLO);
        try (RawSocket socket = RawSocket.openAndSend(steno.base(), MALLORY, "GET", "", pong)) {
            assertThat(socket.status()).isEqualTo(101);
            assertThat(socket.awaitPong()).isEqualTo(HELLO);
        }
    }

    /** Each ping has an answer that is kept until it is read: 580 bytes in Tyrus. */
    @Test
    void ends_a_client_that_pings_and_never_reads_and_keeps_nothing_of_it() throws Exception {
        byte[] pings = repeat(RawSocket.frameBytes(0x89, new byte[125]), 400);
        keepsNothingOf(() -> floodUntilClosed(new byte[0], pings));
    }

    /** They count for no limit of bytes. */
    @Test
    void ends_a_message_in_fragments_without_a_byte_and_keeps_nothing_of_it() throws Exception {
        byte[] fragments = repeat(RawSocket.frameBytes(0x00, new byte[0]), 8_000);
        keepsNothingOf(() -> floodWithFragments(RawSocket.frameBytes(0x02, new byte[0]), fragments));
    }

    /** A million of them would be one message of a megabyte, and 80 MB in Tyrus. */
    @Test
    void ends_a_message_in_fragments_of_a_byte_and_keeps_nothing_of_it() throws Exception {
        byte[] fragments = repeat(RawSocket.frameBytes(0x00, new byte[1]), 7_000);
        keepsNothingOf(() -> floodWithFragments(RawSocket.frameBytes(0x01, new byte[1]), fragments));
    }

    @Test
    void takes_frames_of_a_client_only_if_they_are_masked() {
        try (RawSocket socket = RawSocket.open(steno.base(), MALLORY)) {
            socket.bytes(new byte[] {(byte) 0x82, 2, 0, 0});
            assertThat(socket.awaitClose()).isEqualTo(1002);
        }
        assertStillTranscribes();
    }

    /** Filters are mapped to decoded paths, WebSocket containers match as they like. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ws", "ws;x=1", "ws/", "/ws", "%77s", "w%73", "a/../ws", "./ws", "WS", "ws%2f", "ws%00", ";x=1/ws",
                "ws[1]", "ws|"
            })
    void opens_for_nobody_at_any_spelling_of_the_address(String path) {
        try (RawSocket socket = RawSocket.openAt(steno.base(), steno.base().getPath() + path)) {
            if (socket.status() == 101) {
                assertThat(socket.awaitClose()).isEqualTo(1008);
            } else {
                assertThat(socket.status()).isBetween(200, 499);
            }
        }
    }

    /** Browsers send these as they are, and a server that makes a URI of them may open a socket and forget it. */
    @ParameterizedTest
    @ValueSource(strings = {"room=a|b", "resume=%zz", "x={1}", "x=^", "x=%"})
    void answers_whatever_the_query_of_a_handshake_says(String query) {
        try (RawSocket socket =
                RawSocket.openAt(steno.base(), MALLORY, steno.base().getPath() + "ws?" + query)) {
            if (socket.status() == 101) {
                socket.bytes(RawSocket.frameBytes(RawSocket.FINAL_CLOSE, new byte[] {3, (byte) 232}));
                assertThat(socket.awaitClose()).isBetween(1_000, 1_008);
            } else {
                assertThat(socket.status()).isEqualTo(400);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /%zz HTTP/1.1\nHost: localhost\n\n",
                "POST / HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\n\nzz\n",
                """
                GET / HTTP/1.1
                Host: localhost
                Connection: Upgrade, HTTP2-Settings
                Upgrade: h2c
                HTTP2-Settings: ####

                """
            })
    void logs_little_of_requests_that_the_server_cannot_read(String request) throws IOException {
        int before = steno.log().length();
        for (int i = 0; i < 100; i++) {
            try (Socket socket = new Socket(steno.base().getHost(), steno.base().getPort())) {
                socket.setSoTimeout(60_000);
                socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
            }
        }
        assertThat(steno.log().length() - before).isLessThan(50_000);
    }

    /** They would be a hundred times as many bytes in the log, and its lock what all threads wait for. */
    @Test
    void logs_a_line_a_minute_of_clients_that_are_gone_before_they_are_answered() {
        int before = steno.log().length();
        byte[] requests = repeat(
                ("GET " + steno.base().getPath() + "css/page.css HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII),
                500);
        for (int i = 0; i < 10; i++) {
            RawSocket.sendAndReset(steno.base(), requests);
        }
        assertStillTranscribes();
        assertThat(steno.log().length() - before).isLessThan(50_000);
    }

    /** Some servers end a connection after so many, but none may lose itself in them. */
    @Test
    void answers_requests_that_came_together_one_after_the_other() throws IOException {
        String one = "GET " + steno.base().getPath() + "info HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try (Socket socket = new Socket(steno.base().getHost(), steno.base().getPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(one.repeat(200).getBytes(StandardCharsets.US_ASCII));
            String last =
                    "GET " + steno.base().getPath() + "info HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(last.getBytes(StandardCharsets.US_ASCII));
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answers.split("HTTP/1.1 200", -1)).hasSize(202);
        }
        assertThat(steno.log()).doesNotContain("StackOverflowError");
    }

    /** Some servers would keep megabytes for each of these connections. */
    @Test
    void keeps_little_of_responses_that_nobody_reads() throws Exception {
        InetAddress mallory = InetAddress.getByName("127.0.0.2");
        assumeTrue(canBind(mallory), "this system has one loopback address only");
        List<String> paths = List.of(steno.base().getPath() + "js/lib/uqr.js");
        try (ServerJvm server = ServerJvm.attach(steno.handle().pid())) {
            double before = server.liveHeapMebibytes();
            try (UnreadRequests unread = new UnreadRequests(steno.base(), mallory, MANY, paths, UNREAD_BYTES).send()) {
                Wait.until(ONCE, () -> "an answer from /info", () -> steno.status("info") == 200);
                assertThat(server.liveHeapMebibytes()).isLessThan(before + 40);
                assertThat(unread.sentBytes()).isPositive();
            }
        }
        assertStillTranscribes();
    }

    private static boolean canBind(InetAddress address) {
        try (ServerSocket socket = new ServerSocket(0, 1, address)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static void keepsNothingOf(Runnable attack) throws Exception {
        try (ServerJvm server = ServerJvm.attach(steno.handle().pid())) {
            attack.run(); // what every server needs once
            double before = server.liveHeapMebibytes();
            for (int i = 0; i < 5; i++) {
                attack.run();
            }
            assertThat(server.liveHeapMebibytes()).isLessThan(before + 10);
        }
        assertStillTranscribes();
    }

    /** A million of them: 80 MB where something is kept of each. */
    private static void floodWithFragments(byte[] first, byte[] again) {
        if (!steno.readsFragmentsOn()) {
            floodUntilClosed(first, again);
            return;
        }
        try (RawSocket socket = RawSocket.open(steno.base(), MALLORY);
                ServerJvm server = ServerJvm.attach(steno.handle().pid())) {
            double before = server.liveHeapMebibytes();
            socket.bytes(first);
            for (int i = 0; i < 150; i++) {
                socket.bytes(again);
            }
            assertThat(server.liveHeapMebibytes()).isLessThan(before + 10);
        } catch (UncheckedIOException hungUp) {
            // all the better
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void floodUntilClosed(byte[] first, byte[] again) {
        try (RawSocket socket = RawSocket.open(steno.base(), MALLORY)) {
            assertThat(socket.status()).isEqualTo(101);
            socket.bytes(first);
            socket.untilClosedOrNotRead(open -> open.bytes(again));
        }
    }

    private static byte[] repeat(byte[] frame, int times) {
        ByteBuffer all = ByteBuffer.allocate(frame.length * times);
        for (int i = 0; i < times; i++) {
            all.put(frame);
        }
        return all.array();
    }

    /** Some servers refuse a handshake with a body: then there is nothing to answer. */
    private static void sendEarly(String method, String headers, byte[] early) {
        try (RawSocket socket = RawSocket.openAndSend(steno.base(), MALLORY, method, headers, early)) {
            assertThat(socket.status()).isBetween(101, 499);
        }
    }

    private static void assertStillTranscribes() {
        assertThat(steno.status("info")).isEqualTo(200);
        SharedSteno.awaitRecordings(steno, 0);
        byte[] speech = AmazonStandIns.audio(3);
        try (StenoClient client = StenoClient.connectAs(steno.base(), MALLORY)) {
            AmazonStandIns.send(client, speech);
            client.control("stop");
            client.await("saved");
            assertThat(client.text() + "\n").isEqualTo(AmazonStandIns.text(speech));
        }
    }
}
