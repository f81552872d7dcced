import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/**
 * Streams a WAV file to a Steno server as if it were spoken now, and prints the captions. Needs a JDK 17 and nothing else:
 *
 * <pre>java Transcribe.java FILE.wav [ws://localhost:8080/ws]</pre>
 *
 * Finals go to the standard output, all else to the standard error. Exit codes: 0 transcribed, 1 the server refused or failed,
 * 2 wrong arguments or an unusable file, 3 no connection.
 */
public final class Transcribe {
    private static final int BYTES_PER_SECOND = 32_000;
    private static final int CHUNK_BYTES = 3_200;
    private static final long CHUNK_NANOS = 100_000_000;

    /** While audio flows the server says how much it has every second; after five without a word it is gone. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    /** After the last audio: the last words, and the archive. */
    private static final Duration END = Duration.ofSeconds(90);

    /** A lost connection is tried again for so long. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What came over the connection: a message's fields, or its end with a close code. */
    private record Event(Map<String, String> message, int closeCode) {}

    /** Ends the program with a message and an exit code. */
    private static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;
        private final int exitCode;

        Failure(int exitCode, String message) {
            super(message);
            this.exitCode = exitCode;
        }
    }

    private final byte[] audio;
    private final URI server;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    /** Where in the audio the current recording begins. */
    private int begin;

    /** Up to here the server has the audio. */
    private int confirmed;

    /**
     * Up to here the words are final and stored. If the server itself dies, the next one asks for the audio from here on. This
     * program has the whole file; one that records live keeps its audio from here on, and adds {@code &from=} with the first
     * byte that it still has when it resumes.
     */
    private int settled;

    private String token = "";
    private int finals;

    private Transcribe(byte[] audio, URI server) {
        this.audio = audio;
        this.server = server;
    }

    public static void main(String[] arguments) throws InterruptedException {
        try {
            if (arguments.length < 1 || arguments.length > 2) {
                throw new Failure(2, "Usage: java Transcribe.java FILE.wav [ws://localhost:8080/ws]");
            }
            URI server = server(arguments.length == 2 ? arguments[1] : "ws://localhost:8080/ws");
            new Transcribe(audio(Path.of(arguments[0])), server).run();
        } catch (Failure failure) {
            System.err.println(failure.getMessage());
            System.exit(failure.exitCode);
        }
    }

    private static URI server(String address) throws Failure {
        if (!address.matches("wss?://[^/]+/.*")) {
            throw new Failure(2, address + " is no address of a WebSocket, such as ws://localhost:8080/ws");
        }
        return URI.create(address);
    }

    /** 16-bit little-endian PCM, mono, 16 kHz. */
    private static byte[] audio(Path file) throws Failure {
        AudioFormat wanted = new AudioFormat(16_000, 16, 1, true, false);
        try (AudioInputStream in = AudioSystem.getAudioInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            if (!in.getFormat().matches(wanted)) {
                System.err.println("Converting from " + in.getFormat() + ".");
            }
            return AudioSystem.getAudioInputStream(wanted, in).readAllBytes();
        } catch (IOException e) {
            throw new Failure(2, "Cannot read " + file + ": " + e);
        } catch (UnsupportedAudioFileException | IllegalArgumentException e) {
            throw new Failure(2, file + " is no WAV file that Java can convert. Try: ffmpeg -i " + file + " -ar 16000 -ac 1 out.wav");
        }
    }

    /** Connects, and connects again after each loss, until the transcript is saved. */
    private void run() throws Failure, InterruptedException {
        long lostAt = System.nanoTime();
        boolean wasConnected = false;
        for (int tries = 0; ; tries++) {
            BlockingQueue<Event> events = new LinkedBlockingQueue<>();
            WebSocket socket = connect(events);
            if (socket != null && introduced(events)) {
                tries = 0;
                wasConnected = true;
                if (transcribed(socket, events)) {
                    return;
                }
                lostAt = System.nanoTime();
            }
            if (socket != null) {
                socket.abort();
            }
            if (!wasConnected || System.nanoTime() - lostAt > PATIENCE.toNanos()) {
                String remedy = "Does Steno run there? Does its address end in /ws? Another one comes after the file.";
                throw new Failure(3, "No connection to " + server + ". " + remedy);
            }
            if (tries == 0) {
                say("The connection is lost. Trying again for two minutes; Ctrl+C ends.");
            }
            long limitMillis = Math.min(5_000, 500L << Math.min(tries, 4));
            Thread.sleep(ThreadLocalRandom.current().nextLong(limitMillis)); // not all clients at once
        }
    }

    /** @return null if there is no connection */
    private WebSocket connect(BlockingQueue<Event> events) throws InterruptedException {
        String resume = "?resume=" + URLEncoder.encode(token, StandardCharsets.UTF_8) + "&segments=" + finals;
        try {
            return http.newWebSocketBuilder()
                    .buildAsync(token.isEmpty() ? server : URI.create(server + resume), new Listener(events))
                    .get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return null;
        }
    }

    /** Takes the server's first message, which says where to go on. */
    private boolean introduced(BlockingQueue<Event> events) throws InterruptedException {
        Event first = events.poll(10, TimeUnit.SECONDS);
        if (first == null || first.message == null) {
            return false;
        }
        boolean resumed = "true".equals(first.message.get("resumed"));
        if (!token.isEmpty() && !resumed) {
            beginAnew();
            return false;
        }
        token = first.message.getOrDefault("resume_token", "");
        confirmed = begin + Integer.parseInt(first.message.getOrDefault("received_bytes", "0"));
        return true;
    }

    /** The rest of the audio goes into another recording. */
    private void beginAnew() {
        say("The server has ended the recording and archives what was final. A new one begins.");
        begin = settled;
        finals = 0;
        token = "";
    }

    /** @return whether all is transcribed and saved; false when another connection is needed */
    private boolean transcribed(WebSocket socket, BlockingQueue<Event> events) throws Failure, InterruptedException {
        int position = confirmed;
        long next = System.nanoTime();
        long heardAt = next;
        boolean stopped = false;
        while (System.nanoTime() - heardAt < (stopped ? END : SILENCE).toNanos()) {
            Event event = events.poll(stopped ? END.toNanos() : next - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (event != null && event.message == null) {
                return ended(event.closeCode);
            } else if (event != null) {
                heardAt = System.nanoTime();
                print(event.message);
                if (event.message.get("type").equals("saved")) {
                    if (position < audio.length) {
                        beginAnew(); // it ended while the connection was away
                    }
                    return position == audio.length;
                }
            } else if (position < audio.length) {
                int bytes = Math.min(CHUNK_BYTES, audio.length - position);
                if (!sent(socket.sendBinary(ByteBuffer.wrap(audio, position, bytes), true))) {
                    return false;
                }
                position += bytes;
                next += CHUNK_NANOS;
            } else if (!stopped) {
                stopped = sent(socket.sendText("{\"type\":\"control\",\"action\":\"stop\"}", true));
                if (!stopped) {
                    return false;
                }
            }
        }
        return false;
    }

    private static boolean sent(CompletionStage<WebSocket> sending) throws InterruptedException {
        try {
            sending.toCompletableFuture().get(SILENCE.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    /** @return false where the connection is worth another try */
    private static boolean ended(int closeCode) throws Failure {
        return switch (closeCode) {
            case WebSocket.NORMAL_CLOSURE -> true;
            case 1008, 1011, 1013 -> throw new Failure(1, "The server ended the connection: " + closeCode);
            default -> false;
        };
    }

    private void print(Map<String, String> message) throws Failure {
        switch (message.get("type")) {
            case "transcript" -> caption(message);
            case "progress" -> {
                confirmed = begin + Integer.parseInt(message.get("received_bytes"));
                settled = begin + Integer.parseInt(message.getOrDefault("settled_bytes", message.get("received_bytes")));
            }
            case "saved" -> say("Saved as " + message.get("s3_key"));
            case "error" -> {
                say(message.get("code") + ": " + message.get("message"));
                if ("true".equals(message.get("fatal")) && !message.get("code").equals("no_speech")) {
                    throw new Failure(1, "Transcribed until then: " + confirmed / BYTES_PER_SECOND + " s.");
                }
            }
            default -> {} // newer servers say more
        }
    }

    private void caption(Map<String, String> message) {
        int segment = Integer.parseInt(message.getOrDefault("segment", String.valueOf(finals)));
        if (segment < finals) {
            return; // it came before the connection was lost
        }
        showProvisional(message.get("text"));
        if ("true".equals(message.get("is_final"))) {
            showProvisional("");
            System.out.println(message.get("text"));
            finals = segment + 1;
        }
    }

    /** Shows in the last line of a terminal what the next text replaces. */
    private static void showProvisional(String text) {
        if (System.console() != null) {
            System.err.print("\r\033[K" + (text.length() < 79 ? text : "…" + text.substring(text.length() - 78)));
        }
    }

    private static void say(String text) {
        showProvisional("");
        System.err.println(text);
    }

    /** Puts whole messages and the end of the connection into the queue. */
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
                events.add(new Event(new Json(text.toString()).topLevel(), 0));
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

    /** Reads an object's own strings, numbers and booleans, and skips what is nested in it. A JSON library does this better. */
    private static final class Json {
        private final String text;
        private int at;

        Json(String text) {
            this.text = text;
        }

        Map<String, String> topLevel() {
            Map<String, String> fields = new HashMap<>();
            at = text.indexOf('{') + 1;
            while (at < text.length() && text.charAt(at) != '}') {
                if (text.charAt(at) == '"') {
                    String name = string();
                    at = text.indexOf(':', at) + 1;
                    fields.put(name, value());
                } else {
                    at++;
                }
            }
            return fields;
        }

        private String value() {
            while (Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            int from = at;
            switch (text.charAt(at)) {
                case '"' -> {
                    return string();
                }
                case '[', '{' -> skip();
                default -> {
                    while (",}]".indexOf(text.charAt(at)) < 0) {
                        at++;
                    }
                }
            }
            return text.substring(from, at).strip();
        }

        private void skip() {
            int depth = 0;
            do {
                char character = text.charAt(at);
                if (character == '"') {
                    string();
                    continue;
                }
                depth += character == '[' || character == '{' ? 1 : character == ']' || character == '}' ? -1 : 0;
                at++;
            } while (depth > 0);
        }

        private String string() {
            StringBuilder value = new StringBuilder();
            for (at++; text.charAt(at) != '"'; at++) {
                char character = text.charAt(at);
                value.append(character == '\\' ? escaped() : character);
            }
            at++;
            return value.toString();
        }

        private char escaped() {
            char character = text.charAt(++at);
            if (character == 'u') {
                at += 4;
                return (char) Integer.parseInt(text.substring(at - 3, at + 1), 16);
            }
            int place = "nrtbf".indexOf(character);
            return place < 0 ? character : "\n\r\t\b\f".charAt(place);
        }
    }
}
