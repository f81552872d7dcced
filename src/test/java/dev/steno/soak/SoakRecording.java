package dev.steno.soak;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletionStage;

/**
 * One recording and its client, who speaks on whatever happens: comes back after a lost connection, sends what was not
 * accepted, stops, and checks what it was sent. Thread-safe.
 */
final class SoakRecording {
    static final int BYTES_PER_SECOND = 32_000;

    private static final int CHUNK_BYTES = BYTES_PER_SECOND / 10;

    /** Of a backlog, 2 s each 100 ms: it is made up for soon, and does not look like a flood. */
    private static final int CHUNKS_A_TICK = 20;

    private static final long RETRY_NANOS = Duration.ofMillis(500).toNanos();

    private final HttpClient http;
    private final URI uri;
    private final boolean binary;
    private final Noise noise;
    private final HeardFinals finals;
    private long length;
    private long said;
    private long sent;
    private boolean stopSent;
    private Connection connection;
    private long connectAt = System.nanoTime();
    private String token = "";
    private String sessionId = "";
    private String savedKey = "";
    private boolean delayed;
    private boolean ended;
    private int cuts;
    private int reconnects;
    private String problem;

    /**
     * @param uri of the WebSocket
     * @param number of the recording: says what is spoken, and in which kind of frames
     * @param length of the audio, in bytes
     */
    SoakRecording(HttpClient http, URI uri, int number, long length) {
        this.http = http;
        this.uri = uri;
        this.length = length;
        binary = number % 2 == 0;
        noise = new Noise(number);
        finals = new HeardFinals(noise);
    }

    /** To be called each 100 ms: speaks so much more. */
    synchronized void tick() {
        if (ended) {
            return;
        }
        said = Math.min(length, said + CHUNK_BYTES);
        if (connection == null && System.nanoTime() - connectAt >= 0) {
            connection = new Connection();
            connection.open();
        } else if (connection != null && connection.attached) {
            send();
        }
    }

    /** Drops the connection as a network does, and comes back later. */
    synchronized void cut(Duration away) {
        if (!ended && connection != null && connection.socket != null) {
            cuts++;
            connection.socket.abort();
            lost(away.toNanos());
        }
    }

    /**
     * Stops within a second, at a whole one. The stand-in has a result for each half of a second: what is said after
     * the last of them may be lost unnoticed where the service ends a stream without a result for it, as it does for
     * silence.
     */
    synchronized void finish() {
        length = Math.min(length, (said / BYTES_PER_SECOND + 1) * BYTES_PER_SECOND);
    }

    synchronized boolean ended() {
        return ended;
    }

    synchronized long saidBytes() {
        return said;
    }

    synchronized int cuts() {
        return cuts;
    }

    /** Status {@code reconnecting}: the server replaced a stream of this recording. */
    synchronized int reconnects() {
        return reconnects;
    }

    /** Stored later, as the server said. */
    synchronized boolean delayed() {
        return delayed;
    }

    synchronized String sessionId() {
        return sessionId;
    }

    /** Empty where the server said that it will be stored later. */
    synchronized String savedKey() {
        return savedKey;
    }

    synchronized String transcript() {
        return finals.transcript();
    }

    synchronized int finals() {
        return finals.count();
    }

    /** @return what went wrong; null if nothing did */
    synchronized String problem() {
        String wrong = problem == null ? finals.problem(said) : problem;
        return wrong == null ? null : "session " + sessionId + ": " + wrong;
    }

    private void send() {
        for (int i = 0; i < CHUNKS_A_TICK && sent < said; i++) {
            int part = (int) Math.min(CHUNK_BYTES, said - sent);
            connection.audio(noise.read(sent, part));
            sent += part;
        }
        if (said == length && sent == said && !stopSent) {
            stopSent = true;
            connection.text("{\"type\":\"control\",\"action\":\"stop\"}");
        }
    }

    private void lost(long awayNanos) {
        connection = null;
        connectAt = System.nanoTime() + awayNanos;
        stopSent = false;
    }

    private void fail(String what) {
        if (problem == null) {
            problem = what;
        }
        ended = true;
    }

    private void receive(JsonObject message) {
        switch (message.getString("type")) {
            case "session" -> attached(message);
            case "transcript" -> {
                if (message.getBoolean("is_final")) {
                    finals.add(message);
                }
            }
            case "status" -> {
                reconnects += message.getString("state").equals("reconnecting") ? 1 : 0;
                if (message.containsKey("dropped_from")) {
                    fail("audio was dropped: " + message);
                }
            }
            case "saved" -> savedKey = message.getString("s3_key");
            case "error" -> {
                if (message.getString("code").equals("archive_delayed")) {
                    delayed = true;
                } else {
                    fail(message.toString());
                }
            }
            default -> {} // progress, which this client does not need: after a resume it is told
        }
    }

    private void attached(JsonObject message) {
        if (!sessionId.isEmpty() && !message.getString("session_id").equals(sessionId)) {
            fail("resumed into another session, " + message.getString("session_id"));
        }
        sessionId = message.getString("session_id");
        token = message.getString("resume_token");
        long accepted = message.containsKey("received_bytes")
                ? message.getJsonNumber("received_bytes").longValue()
                : 0;
        if (accepted > sent) {
            fail(accepted + " bytes accepted, but only " + sent + " sent");
        }
        sent = accepted;
        connection.attached = true;
    }

    /** One WebSocket; of one that was replaced nothing counts any more. */
    private final class Connection implements WebSocket.Listener {
        private final StringBuilder frame = new StringBuilder();
        private CompletionStage<WebSocket> last;
        private WebSocket socket;
        private boolean attached;

        void open() {
            String query = token.isEmpty() ? "" : "?resume=" + token + "&segments=" + finals.count();
            last = http.newWebSocketBuilder()
                    .buildAsync(URI.create(uri + query), this)
                    .whenComplete((opened, fault) -> {
                        if (fault != null) {
                            broken();
                        }
                    });
        }

        private void broken() {
            synchronized (SoakRecording.this) {
                if (connection == this) {
                    lost(RETRY_NANOS);
                }
            }
        }

        void audio(byte[] pcm) {
            if (binary) {
                last = last.thenCompose(open -> open.sendBinary(ByteBuffer.wrap(pcm), true));
            } else {
                text("{\"type\":\"audio\",\"payload\":\"" + Base64.getEncoder().encodeToString(pcm) + "\"}");
            }
        }

        void text(String message) {
            last = last.thenCompose(open -> open.sendText(message, true));
        }

        @Override
        public void onOpen(WebSocket opened) {
            synchronized (SoakRecording.this) {
                socket = opened;
            }
            opened.request(1);
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean whole) {
            synchronized (SoakRecording.this) {
                frame.append(data);
                if (whole) {
                    if (connection == this && !ended) {
                        receive(Json.createReader(new StringReader(frame.toString()))
                                .readObject());
                    }
                    frame.setLength(0);
                }
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            synchronized (SoakRecording.this) {
                if (connection == this && !ended) {
                    if (code != WebSocket.NORMAL_CLOSURE || (savedKey.isEmpty() && !delayed)) {
                        fail("closed with " + code + " " + reason);
                    }
                    ended = true;
                }
            }
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            synchronized (SoakRecording.this) {
                if (connection == this && !ended) {
                    fail("the connection broke: " + error);
                }
            }
        }
    }
}
