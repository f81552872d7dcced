package dev.steno.testing;

import dev.steno.testing.transcribe.AudioDigest;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Speaks noise in real time, and goes on whatever becomes of the server, as docs/protocol.md says: keeps the audio from
 * the settled position on, resumes from the byte that it is told. While it is not connected it does not speak.
 */
public final class SteadySpeaker implements Runnable {
    private static final int CHUNK_BYTES = 3_200;
    private static final long CHUNK_NANOS = 100_000_000;
    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final Duration END = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /**
     * Without words.
     *
     * @param lostAt when the connection was lost, as {@link System#nanoTime}
     */
    public record Silence(long lostAt, Duration length) {}

    /** A message, or the end of the connection. */
    private record Event(JsonObject message, int closeCode) {}

    private final HttpClient http = HttpClient.newHttpClient();
    private final Supplier<URI> server;
    private final byte[] audio;
    private final List<JsonObject> finals = new ArrayList<>();
    private final List<String> sessionIds = new ArrayList<>();
    private final List<Silence> silences = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private String token = "";
    /** First byte that is kept. */
    private long kept;

    private long lostAt;
    private boolean mute;
    private boolean failed;
    private JsonObject saved;
    private String link;
    private int viewers;
    private boolean shares;
    private boolean taken;
    private int begunAgain;
    private volatile boolean attached;
    private volatile boolean stop;

    /**
     * @param server where Steno is now, as http
     * @param seed of the noise
     * @param seconds of noise there is at most
     */
    public SteadySpeaker(Supplier<URI> server, long seed, int seconds) {
        this.server = server;
        audio = new byte[seconds * 32_000];
        new Random(seed).nextBytes(audio);
    }

    /** Asks for a link for readers, over each connection. */
    public SteadySpeaker sharing() {
        shares = true;
        return this;
    }

    /** The address that readers were given last; null before. */
    public synchronized String link() {
        return link;
    }

    /** How many read along, as this client was told last. */
    public synchronized int viewers() {
        return viewers;
    }

    /** Ends the recording when a whole second was said. */
    public void stop() {
        stop = true;
    }

    public boolean attached() {
        return attached;
    }

    public synchronized List<JsonObject> finals() {
        return List.copyOf(finals);
    }

    /** Of each connection, in order. */
    public synchronized List<String> sessionIds() {
        return List.copyOf(sessionIds);
    }

    /** From the loss of a connection to the next transcript. */
    public synchronized List<Duration> silences() {
        return silences.stream().map(Silence::length).toList();
    }

    /** The same, with when each began. */
    public synchronized List<Silence> losses() {
        return List.copyOf(silences);
    }

    /**
     * How often it had to begin a new recording because the first one was unknown. A node that stood still between its
     * greeting and the first audio may yet make a transcript of what lay in its socket.
     */
    public synchronized int begunAgain() {
        return begunAgain;
    }

    /** What a client should never see. */
    public synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    /**
     * What is wrong with a recording that was saved: finals of Amazon's stand-in that are not the hash of their audio,
     * or do not begin where the one before ended, and words that are missing at its end.
     */
    public synchronized List<String> wrongFinals() {
        List<String> wrong = new ArrayList<>();
        int position = 0;
        for (JsonObject heard : finals) {
            int end = bytes(heard, "end");
            String hash = AudioDigest.hash(Arrays.copyOfRange(audio, position, end));
            if (bytes(heard, "start") != position || !heard.getString("text").endsWith("sha " + hash)) {
                wrong.add("wrong words at " + position + ": " + heard);
            }
            position = end;
        }
        long all = Math.round(saved.getJsonNumber("duration").doubleValue() * 32_000);
        if (position != all) {
            wrong.add("words up to " + position + " of " + all);
        }
        return wrong;
    }

    private static int bytes(JsonObject message, String name) {
        return Math.toIntExact(Math.round(message.getJsonNumber(name).doubleValue() * 16_000) * 2);
    }

    public synchronized JsonObject saved() {
        return saved;
    }

    /** Whether Steno was busy when the recording was to begin, and took nothing of it. */
    public synchronized boolean refused() {
        return failed && finals.isEmpty() && faults.stream().allMatch(fault -> fault.contains("\"code\":\"busy\""));
    }

    /** Whether Steno ended the recording, and has yet to store it. */
    public synchronized boolean isDelayed() {
        return failed && faults.size() == 1 && faults.get(0).contains("\"code\":\"archive_delayed\"");
    }

    /** Whether Steno has ended the recording with an error. */
    private synchronized boolean hasFailed() {
        return failed;
    }

    public byte[] audio() {
        return audio;
    }

    @Override
    public void run() {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (saved() == null && !hasFailed() && System.nanoTime() - giveUp < 0) {
                if (connectAndSpeak()) {
                    giveUp = System.nanoTime() + PATIENCE.toNanos();
                }
                attached = false;
                Thread.sleep(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            fault("client: " + e);
        }
    }

    private boolean connectAndSpeak() throws InterruptedException {
        BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        String query = token.isEmpty() ? "" : "?resume=" + token + "&segments=" + finals().size() + "&from=" + kept;
        WebSocket socket;
        try {
            socket = http.newWebSocketBuilder()
                    .buildAsync(URI.create(StenoClient.address(server.get()) + query), new Listener(events))
                    .get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
        try {
            Event first = events.poll(10, TimeUnit.SECONDS);
            if (first == null || first.message() == null) {
                return false;
            }
            if (!first.message().getString("type").equals("session")) {
                if (!token.isEmpty()) {
                    beginAgain(first.message());
                }
                return false;
            }
            speak(socket, events, greet(first.message()));
            return true;
        } finally {
            lostAt = mute ? lostAt : System.nanoTime();
            mute = true;
            socket.abort();
        }
    }

    /** A fault, unless no audio was ever taken: then there is no recording to lose, and all is sent again. */
    private synchronized void beginAgain(JsonObject refusal) {
        token = "";
        if (taken) {
            faults.add("not resumed: " + refusal);
        } else {
            begunAgain++;
            sessionIds.clear();
        }
    }

    private synchronized long greet(JsonObject session) {
        sessionIds.add(session.getString("session_id"));
        token = session.getString("resume_token");
        long position = session.containsKey("received_bytes")
                ? session.getJsonNumber("received_bytes").longValue()
                : 0;
        if (position < kept) {
            faults.add("asked for audio from " + position + ", but " + kept + " was settled");
        }
        return position;
    }

    private void speak(WebSocket socket, BlockingQueue<Event> events, long from) throws InterruptedException {
        long position = from;
        long next = System.nanoTime();
        long heardAt = next;
        boolean stopped = false;
        attached = true;
        if (shares && !sent(socket.sendText("{\"type\":\"control\",\"action\":\"share\"}", true))) {
            return;
        }
        while (System.nanoTime() - heardAt < (stopped ? END : SILENCE).toNanos()) {
            long wait = stopped ? END.toNanos() : next - System.nanoTime();
            Event event = events.poll(Math.max(0, wait), TimeUnit.NANOSECONDS);
            if (event != null && event.message() == null) {
                return;
            }
            if (event != null) {
                heardAt = System.nanoTime();
                hear(event.message());
            } else if ((stop && position % 32_000 == 0) || position == audio.length) {
                stopped = sent(socket.sendText("{\"type\":\"control\",\"action\":\"stop\"}", true));
                if (!stopped) {
                    return;
                }
            } else {
                if (!sent(socket.sendBinary(ByteBuffer.wrap(audio, (int) position, CHUNK_BYTES), true))) {
                    return;
                }
                position += CHUNK_BYTES;
                next += CHUNK_NANOS;
            }
        }
    }

    private static boolean sent(CompletionStage<WebSocket> sending) throws InterruptedException {
        try {
            sending.toCompletableFuture().get(SILENCE.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private synchronized void hear(JsonObject message) {
        switch (message.getString("type")) {
            case "transcript" -> {
                if (mute && !sessionIds.isEmpty() && sessionIds.size() > 1) {
                    silences.add(new Silence(lostAt, Duration.ofNanos(System.nanoTime() - lostAt)));
                }
                mute = false;
                taken = true;
                if (message.getBoolean("is_final")) {
                    finals.add(message);
                }
            }
            case "progress" -> {
                taken = true;
                kept = message.getJsonNumber("settled_bytes").longValue();
            }
            case "saved" -> saved = message;
            case "share" -> link = message.getString("url");
            case "viewers" -> viewers = message.getInt("count");
            case "error" -> {
                faults.add(message.toString());
                failed |= message.getBoolean("fatal", false);
            }
            case "status" -> {
                if (message.containsKey("dropped_from")) {
                    faults.add(message.toString());
                }
            }
            default -> {}
        }
    }

    private synchronized void fault(String text) {
        faults.add(text);
    }

    private static final class Listener implements WebSocket.Listener {
        private final BlockingQueue<Event> events;
        private final StringBuilder text = new StringBuilder();

        Listener(BlockingQueue<Event> events) {
            this.events = events;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                events.add(new Event(
                        Json.createReader(new StringReader(text.toString())).readObject(), 0));
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            events.add(new Event(null, code));
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            events.add(new Event(null, 1006));
        }
    }
}
