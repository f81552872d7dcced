package dev.steno.soak;

import dev.steno.testing.SteadySpeaker;
import dev.steno.testing.s3.S3Server;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** So many people, each of whom makes one recording after another, and what is wrong with any of them. */
final class ChaosClients {
    private static final int SHORTEST_SECONDS = 60;
    private static final int LONGEST_SECONDS = 180;
    private static final long BUSY_MILLIS = 2_000;

    private final Supplier<URI> balancer;
    private final S3Server s3;
    private final List<Thread> threads = new ArrayList<>();
    private final SteadySpeaker[] speaking;
    private final List<String> problems = new ArrayList<>();
    private final List<SteadySpeaker.Silence> silences = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();
    private final AtomicInteger begun = new AtomicInteger();
    private int ended;
    private int refused;
    private int begunAgain;
    /** What is to be in the archive of recordings whose client was told that it takes longer. */
    private final Map<String, String> delayed = new HashMap<>();

    private long finals;
    private long connections;
    private double seconds;
    private volatile boolean finishing;

    ChaosClients(int number, Supplier<URI> balancer, S3Server s3, long seed) {
        this.balancer = balancer;
        this.s3 = s3;
        speaking = new SteadySpeaker[number];
        for (int i = 0; i < number; i++) {
            int place = i;
            threads.add(new Thread(() -> speak(place, new Random(seed + place)), "chaos-client"));
        }
    }

    void start() {
        threads.forEach(Thread::start);
    }

    private void speak(int place, Random random) {
        while (!finishing && !Thread.currentThread().isInterrupted()) {
            int length = SHORTEST_SECONDS + random.nextInt(LONGEST_SECONDS - SHORTEST_SECONDS);
            SteadySpeaker speaker = new SteadySpeaker(balancer, begun.incrementAndGet(), length);
            synchronized (this) {
                speaking[place] = speaker;
            }
            speaker.run();
            if (speaker.refused()) {
                awaitBetterTimes();
            }
            check(speaker);
        }
    }

    /** As a person does who was told to try again shortly. */
    private static void awaitBetterTimes() {
        try {
            Thread.sleep(BUSY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void check(SteadySpeaker speaker) {
        ended++;
        if (speaker.refused()) {
            refused++;
            return;
        }
        connections += speaker.sessionIds().size();
        begunAgain += speaker.begunAgain();
        finals += speaker.finals().size();
        silences.addAll(speaker.losses());
        String id =
                speaker.sessionIds().isEmpty() ? "none" : speaker.sessionIds().get(0);
        if (!speaker.isDelayed()) {
            speaker.faults().forEach(fault -> problems.add(id + ": " + fault));
        }
        if (new HashSet<>(speaker.sessionIds()).size() > 1) {
            problems.add(id + ": split into " + speaker.sessionIds());
        }
        JsonObject saved = speaker.saved();
        if (speaker.isDelayed()) {
            delayed.put(id, text(speaker));
            return;
        }
        if (saved == null) {
            problems.add(id + ": not saved");
            return;
        }
        seconds += saved.getJsonNumber("duration").doubleValue();
        String key = saved.getString("s3_key");
        if (!keys.add(key)) {
            problems.add(id + ": stored over another one, " + key);
        }
        checkWords(id, speaker, s3.text(key).orElse(""));
    }

    /** Every byte once and in order, and the same words for the client and in the archive. */
    private void checkWords(String id, SteadySpeaker speaker, String archived) {
        speaker.wrongFinals().forEach(wrong -> problems.add(id + ": " + wrong));
        if (!text(speaker).equals(archived)) {
            problems.add(id + ": the archive has other words");
        }
    }

    private static String text(SteadySpeaker speaker) {
        StringBuilder text = new StringBuilder();
        speaker.finals().forEach(heard -> text.append(heard.getString("text")).append('\n'));
        return text.toString();
    }

    synchronized boolean allSpeak() {
        return attached() == speaking.length;
    }

    synchronized int attached() {
        return (int) Arrays.stream(speaking)
                .filter(each -> each != null && each.attached())
                .count();
    }

    /** All stop, and nobody begins again. */
    void finish() throws InterruptedException {
        finishing = true;
        List<SteadySpeaker> last;
        synchronized (this) {
            last = Arrays.stream(speaking).filter(each -> each != null).toList();
        }
        last.forEach(SteadySpeaker::stop);
        for (Thread thread : threads) {
            thread.join(180_000);
        }
    }

    synchronized List<String> problems() {
        List<String> all = new ArrayList<>(problems);
        if (ended != begun.get()) {
            all.add(begun.get() - ended + " recordings did not end");
        }
        delayed.forEach((id, text) -> s3.keys().stream()
                .filter(key -> s3.text(key).filter(text::equals).isPresent())
                .findFirst()
                .ifPresentOrElse(keys::add, () -> all.add(id + ": delayed, and never stored")));
        List<String> others = s3.keys().stream()
                .filter(key -> key.endsWith(".txt") && !keys.contains(key))
                .toList();
        if (others.size() > begunAgain) {
            all.add(others.size() + " transcripts that no client knows of: " + others);
        }
        return all;
    }

    synchronized List<SteadySpeaker.Silence> silences() {
        return List.copyOf(silences);
    }

    /** Without those that were refused. */
    synchronized int ended() {
        return ended - refused;
    }

    /** Recordings whose client was told that they are not stored yet. */
    synchronized int delayed() {
        return delayed.size();
    }

    /** New recordings of clients whose first one was unknown when they came back, before anything of it was taken. */
    synchronized int begunAgain() {
        return begunAgain;
    }

    /** How often Steno was busy when a recording was to begin. */
    synchronized int refused() {
        return refused;
    }

    synchronized long finals() {
        return finals;
    }

    synchronized long connections() {
        return connections;
    }

    /** Of audio. */
    synchronized double seconds() {
        return seconds;
    }
}
