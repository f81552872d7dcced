package dev.steno.bench;

import dev.steno.testing.Microphone;
import dev.steno.testing.StenoClient;
import dev.steno.testing.transcribe.AudioDigest;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Those who speak, each other noise, all at the same pace; and when each heard each of its results. */
final class AudienceRecorders implements AutoCloseable {
    private static final long CHUNK_NANOS = 100_000_000;
    private static final double CHUNKS_PER_SECOND = 10;

    private final List<StenoClient> clients = new ArrayList<>();
    private final List<List<byte[]>> audio = new ArrayList<>();
    /** By result, the number of the chunk that completed it. */
    private final Map<String, Integer> expected = new ConcurrentHashMap<>();

    private final Map<String, Long> heard = new ConcurrentHashMap<>();
    private final List<Long> spoken = new ArrayList<>();
    private final Thread ears = new Thread(this::listen, "recorders");
    private final int[] seen;
    private volatile boolean closed;

    AudienceRecorders(URI steno, int count, int seconds) {
        seen = new int[count];
        for (int i = 0; i < count; i++) {
            byte[] noise = new byte[32_000 * seconds];
            new Random(i).nextBytes(noise);
            audio.add(Microphone.chunks(noise));
            AudioDigest digest = new AudioDigest(
                    line -> expected.put(line.text(), (int) Math.ceil(line.end() * CHUNKS_PER_SECOND) - 1));
            digest.add(noise, 0, noise.length);
            clients.add(StenoClient.connect(steno));
        }
        ears.setDaemon(true);
        ears.start();
    }

    /** The addresses of their viewers' events. */
    List<URI> share() {
        List<URI> links = new ArrayList<>();
        for (StenoClient client : clients) {
            client.control("share");
            links.add(URI.create(client.await("share").getString("url") + "/events"));
        }
        return links;
    }

    /** In real time. */
    void speak() {
        long next = System.nanoTime();
        for (int chunk = 0; chunk < audio.get(0).size(); chunk++) {
            spoken.add(System.nanoTime());
            for (int i = 0; i < clients.size(); i++) {
                clients.get(i).binary(audio.get(i).get(chunk));
            }
            next += CHUNK_NANOS;
            while (System.nanoTime() < next) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
        }
    }

    void stop() {
        clients.forEach(client -> client.control("stop"));
        clients.forEach(client -> client.await("saved"));
    }

    private void listen() {
        while (!closed) {
            for (int i = 0; i < clients.size(); i++) {
                List<JsonObject> messages = clients.get(i).messages();
                for (; seen[i] < messages.size(); seen[i]++) {
                    if (messages.get(seen[i]).getString("type").equals("transcript")) {
                        heard.putIfAbsent(messages.get(seen[i]).getString("text"), System.nanoTime());
                    }
                }
            }
            LockSupport.parkNanos(500_000);
        }
    }

    /** When a recorder had a result; null before. */
    Long heard(String text) {
        return heard.get(text);
    }

    /** From the sending of the chunk that completes a result to that result, in seconds. */
    double[] delays() {
        return heard.entrySet().stream()
                .filter(result -> expected.containsKey(result.getKey()))
                .mapToDouble(result -> (result.getValue() - spoken.get(expected.get(result.getKey()))) / 1e9)
                .toArray();
    }

    @Override
    public void close() {
        closed = true;
        clients.forEach(StenoClient::close);
    }
}
