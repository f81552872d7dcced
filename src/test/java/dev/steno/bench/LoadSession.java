package dev.steno.bench;

import dev.steno.testing.transcribe.AudioDigest;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One client that sends seeded noise and knows what must come back: the stand-in's results are hashes of the audio, so
 * equal finals show that every byte arrived once and in order.
 */
final class LoadSession implements WebSocket.Listener {
    static final int CHUNK_BYTES = 3_200;

    private final byte[] noise;
    private final boolean binary;
    private final List<Long> delays;
    private final Map<String, Long> awaited = new ConcurrentHashMap<>();
    private final List<String> wanted = new ArrayList<>();
    private final List<String> finals = new ArrayList<>();
    private final AudioDigest digest = new AudioDigest(this::expect);
    private final StringBuilder frame = new StringBuilder();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private CompletionStage<WebSocket> sent;
    private int position;
    private volatile String problem;
    private volatile boolean saved;

    /**
     * @param noise one second or more, of which each session reads another part
     * @param delays nanoseconds from the chunk that completes a result to the result; thread-safe
     */
    LoadSession(byte[] noise, int seed, boolean binary, List<Long> delays) {
        this.noise = noise;
        this.binary = binary;
        this.delays = delays;
        position = seed * 7_919 % (noise.length / 2) * 2;
    }

    void open(HttpClient http, URI uri) {
        sent = http.newWebSocketBuilder().buildAsync(uri, this);
        sent.toCompletableFuture().join();
    }

    /** Sends the next 100 ms, behind what may still be under way. */
    synchronized void sendChunk() {
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int i = 0; i < CHUNK_BYTES; i++) {
            chunk[i] = noise[(position + i) % noise.length];
        }
        position = (position + CHUNK_BYTES) % noise.length;
        Object message = binary
                ? ByteBuffer.wrap(chunk)
                : "{\"type\":\"audio\",\"payload\":\"" + Base64.getEncoder().encodeToString(chunk) + "\"}";
        digest.add(chunk, 0, chunk.length); // before it is sent: the answer may be fast
        sent = sent.thenCompose(socket -> message instanceof ByteBuffer bytes
                ? socket.sendBinary(bytes, true)
                : socket.sendText((String) message, true));
    }

    /** @return completes with the end of the connection */
    synchronized CompletableFuture<Void> stop() {
        digest.finish();
        sent = sent.thenCompose(socket -> socket.sendText("{\"type\":\"control\",\"action\":\"stop\"}", true));
        return ended;
    }

    /** @return what went wrong; null if nothing did */
    String problem() {
        if (problem != null) {
            return problem;
        }
        if (!finals.equals(wanted)) {
            return finals.size() + " of " + wanted.size() + " finals, or wrong ones";
        }
        return saved ? null : "not saved";
    }

    private void expect(AudioDigest.Line line) {
        awaited.put(line.text(), System.nanoTime());
        if (!line.partial()) {
            wanted.add(line.text());
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        long now = System.nanoTime();
        frame.append(data);
        if (last) {
            receive(Json.createReader(new StringReader(frame.toString())).readObject(), now);
            frame.setLength(0);
        }
        socket.request(1);
        return null;
    }

    private void receive(JsonObject message, long now) {
        switch (message.getString("type")) {
            case "transcript" -> {
                String text = message.getString("text");
                Long chunkSent = awaited.remove(text);
                if (chunkSent != null) {
                    delays.add(now - chunkSent);
                }
                if (message.getBoolean("is_final")) {
                    finals.add(text);
                }
            }
            case "saved" -> saved = true;
            case "error" -> problem = message.getString("code");
            default -> {} // of no interest here
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        ended.complete(null);
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        problem = error.toString();
        ended.complete(null);
    }
}
