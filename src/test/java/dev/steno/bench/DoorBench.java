package dev.steno.bench;

import dev.steno.testing.Ports;
import dev.steno.testing.ProcessUsage;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.s3.S3Server;
import dev.steno.testing.transcribe.TranscribeServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * What a second of one stream costs the server at each door, beside {@code /ws} on the same server in the same run:
 * noise in messages of 100 ms (20 ms where telephone systems send those), recognised by Amazon's stand-in in a process
 * of its own. Settings, as system properties: {@code bench.sessions} (50), {@code bench.seconds} (20),
 * {@code bench.warmup} (60).
 */
public final class DoorBench {
    private static final String MEDIA = "{\"event\":\"media\",\"media\":{\"track\":\"inbound\",\"payload\":\"%s\"}}";

    /**
     * One way in.
     *
     * @param hello sent first; may be empty
     * @param pattern of a message of audio with {@code %s} for base64; empty for binary messages
     * @param bytes of audio in one message
     */
    private record Way(String name, String path, String hello, String pattern, int bytes, int millis) {}

    private static final List<Way> WAYS = List.of(
            new Way("/ws binary", "ws", "", "", 3_200, 100),
            new Way("/ws base64", "ws", "", "{\"type\":\"audio\",\"payload\":\"%s\"}", 3_200, 100),
            new Way("/ws mulaw 8 kHz", "ws", start("\"encoding\":\"mulaw\",\"sample_rate\":8000"), "", 800, 100),
            new Way("/ws pcm 48 kHz", "ws", start("\"sample_rate\":48000"), "", 9_600, 100),
            new Way("vosk 16 kHz", "vosk", "{\"config\":{\"sample_rate\":16000}}", "", 3_200, 100),
            new Way("vosk 48 kHz", "vosk", "{\"config\":{\"sample_rate\":48000}}", "", 9_600, 100),
            new Way(
                    "openai 24 kHz",
                    "v1/realtime",
                    "",
                    "{\"type\":\"input_audio_buffer.append\",\"audio\":\"%s\"}",
                    4_800,
                    100),
            new Way("asterisk slin16", "telephony/asterisk", "MEDIA_START format:slin16", "", 640, 20),
            new Way("asterisk ulaw", "telephony/asterisk", "MEDIA_START format:ulaw", "", 160, 20),
            new Way(
                    "twilio",
                    "telephony/twilio",
                    "{\"event\":\"start\",\"start\":{\"tracks\":[\"inbound\"]}}",
                    MEDIA,
                    160,
                    20),
            new Way("fork stereo 8 kHz", "telephony/fork", "{\"sampleRate\":8000,\"mixType\":\"stereo\"}", "", 640, 20),
            new Way("jambonz-stt 8 kHz", "telephony/jambonz-stt", "{\"type\":\"start\"}", "", 320, 20));

    private final HttpClient http = HttpClient.newHttpClient();
    private final byte[] noise = new byte[1 << 20];

    private DoorBench() {
        new Random(1).nextBytes(noise);
    }

    private static String start(String fields) {
        return "{\"type\":\"control\",\"action\":\"start\"," + fields + "}";
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("steno-door-bench");
        int transcribe = Ports.free();
        int s3 = Ports.free();
        Process transcribeServer = LiveBench.stand(TranscribeServer.class, transcribe, "--stream-limit=1000");
        Process s3Server = LiveBench.stand(S3Server.class, s3);
        try (StenoProcess steno = StenoProcess.start(folder, LiveBench.environment(transcribe, s3))) {
            steno.awaitOk("healthz/ready");
            ProcessUsage usage = new ProcessUsage(steno.handle());
            DoorBench bench = new DoorBench();
            int warmup = Integer.getInteger("bench.warmup", 60);
            for (Way way : WAYS) {
                bench.run(steno, way, Math.max(1, warmup / WAYS.size()), usage);
            }
            System.out.println("\n| way in | ms of CPU per stream-second | times /ws binary |\n|---|---|---|");
            double own = 0;
            for (Way way : WAYS) {
                double cost = bench.run(steno, way, Integer.getInteger("bench.seconds", 20), usage);
                own = own == 0 ? cost : own;
                System.out.printf("| %s | %.2f | %.2f |%n", way.name(), cost, cost / own);
            }
        } finally {
            transcribeServer.destroy();
            s3Server.destroy();
        }
    }

    private double run(StenoProcess steno, Way way, int seconds, ProcessUsage usage) throws Exception {
        int number = Integer.getInteger("bench.sessions", 50);
        URI uri = URI.create("ws" + steno.base().resolve(way.path()).toString().substring("http".length()));
        List<WebSocket> sockets = new ArrayList<>();
        List<ScheduledFuture<?>> beats = new ArrayList<>();
        ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
        try {
            for (int i = 0; i < number; i++) {
                WebSocket socket =
                        http.newWebSocketBuilder().buildAsync(uri, new Reader()).join();
                sockets.add(socket);
                if (!way.hello().isEmpty()) {
                    socket.sendText(way.hello(), true).join();
                }
                beats.add(clock.scheduleAtFixedRate(
                        new Sender(socket, way, i * 7_919), i * 100L / number, way.millis(), TimeUnit.MILLISECONDS));
            }
            Duration before = usage.processorTime();
            long began = System.nanoTime();
            TimeUnit.SECONDS.sleep(seconds);
            double used = usage.processorTime().minus(before).toNanos() / 1e6;
            long lost = sockets.stream().filter(WebSocket::isInputClosed).count();
            if (lost > 0) {
                throw new IllegalStateException(
                        way.name() + ": " + lost + " of " + number + " were closed; the machine has too much to do.");
            }
            return used / (number * (System.nanoTime() - began) / 1e9);
        } finally {
            beats.forEach(beat -> beat.cancel(false));
            clock.shutdown();
            clock.awaitTermination(10, TimeUnit.SECONDS);
            for (WebSocket socket : sockets) {
                socket.sendClose(WebSocket.NORMAL_CLOSURE, "")
                        .exceptionally(closed -> socket)
                        .join();
            }
            TimeUnit.SECONDS.sleep(5); // their recordings end
        }
    }

    /** Sends the next message, behind what may still be under way. */
    private final class Sender implements Runnable {
        private final Way way;
        private CompletionStage<WebSocket> sent;
        private int position;

        Sender(WebSocket socket, Way way, int seed) {
            this.way = way;
            position = seed % (noise.length / 2);
            sent = CompletableFuture.completedStage(socket);
        }

        @Override
        public void run() {
            byte[] chunk = new byte[way.bytes()];
            for (int i = 0; i < chunk.length; i++) {
                chunk[i] = noise[(position + i) % noise.length];
            }
            position = (position + chunk.length) % noise.length;
            sent = sent.thenCompose(socket -> way.pattern().isEmpty()
                    ? socket.sendBinary(ByteBuffer.wrap(chunk), true)
                    : socket.sendText(
                            String.format(way.pattern(), Base64.getEncoder().encodeToString(chunk)), true));
        }
    }

    /** Takes what comes and keeps nothing of it. */
    private static final class Reader implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            socket.request(1);
            return null;
        }
    }
}
