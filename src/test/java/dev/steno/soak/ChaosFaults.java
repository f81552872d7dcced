package dev.steno.soak;

import dev.steno.testing.RedisProcess;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * What happens to nodes and store, one after another, in random order: a node dies, is drained, or stands still; its
 * clients are cut off; the store is away, or comes back empty. A node is left alone until two are ready, and the store
 * until all nodes are ready and all clients connected. Nothing else happens while the store is away: a node that dies
 * then keeps on its disk what only it knows, and nobody promises that its clients go on before it is back.
 */
final class ChaosFaults implements Runnable {
    private static final long FREEZE_MILLIS = 15_000;
    private static final int SHORTEST_OUTAGE_MILLIS = 5_000;
    private static final int OUTAGE_MILLIS = 15_000;
    private static final long LOOK_MILLIS = 250;

    /** Which kinds are played. */
    private static final Pattern KINDS = Pattern.compile(System.getProperty("chaos.kinds", ""));

    /** How long a node that died stays away: its start takes the processor from everybody else on a small machine. */
    private static final long REST_MILLIS = Integer.getInteger("chaos.rest", 0) * 1_000L;

    private final List<ChaosNode> nodes;
    private final RedisProcess redis;
    private final BooleanSupplier allSpeak;
    private final Random random;
    private final Deque<Kind> deck;
    private final long pauseNanos;
    private final Map<String, Integer> played = new TreeMap<>();
    private final List<Played> log = new ArrayList<>();
    private volatile boolean over;

    /** A fault, and how often it happens in a quarter of an hour. */
    private enum Kind {
        KILL(32),
        DRAIN(32),
        FREEZE(11),
        CUT(8),
        STORE_CUT_OFF(3),
        STORE_RESTARTED_EMPTY(3);

        private final int perQuarter;

        Kind(int perQuarter) {
            this.perQuarter = perQuarter;
        }

        boolean ofStore() {
            return this == STORE_CUT_OFF || this == STORE_RESTARTED_EMPTY;
        }

        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** @param at as {@link System#nanoTime} */
    record Played(String kind, long at) {}

    /**
     * @param allSpeak whether all clients are connected
     * @param length of the run: it says how many faults there are, and how far apart at least
     */
    ChaosFaults(List<ChaosNode> nodes, RedisProcess redis, BooleanSupplier allSpeak, Random random, Duration length) {
        this.nodes = nodes;
        this.redis = redis;
        this.allSpeak = allSpeak;
        this.random = random;
        List<Kind> cards = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            if (!KINDS.matcher(kind.text()).find()) {
                continue;
            }
            long number = Math.round(kind.perQuarter
                    * (double) length.toSeconds()
                    / Duration.ofMinutes(15).toSeconds());
            cards.addAll(Collections.nCopies((int) Math.max(1, number), kind));
        }
        Collections.shuffle(cards, random);
        deck = new ArrayDeque<>(cards);
        pauseNanos = length.toNanos() / (cards.size() + 1);
    }

    /** No more faults; what is broken is mended before {@link #run} returns. */
    void end() {
        over = true;
    }

    synchronized Map<String, Integer> played() {
        return new TreeMap<>(played);
    }

    synchronized List<Played> log() {
        return List.copyOf(log);
    }

    /** How many faults there was no time for. */
    synchronized int left() {
        return deck.size();
    }

    @Override
    public void run() {
        try {
            long due = System.nanoTime();
            while (!over && left() > 0) {
                due += pauseNanos;
                while (!over && System.nanoTime() < due) {
                    Thread.sleep(LOOK_MILLIS);
                }
                Kind next = possible();
                if (next != null) {
                    play(next);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next fault that the cluster is ready for; null when the run is over. */
    private Kind possible() throws InterruptedException {
        while (!over) {
            nodes.forEach(ChaosNode::look);
            long ready = nodes.stream().filter(ChaosNode::isReady).count();
            boolean whole = ready == nodes.size() && allSpeak.getAsBoolean();
            synchronized (this) {
                for (Kind kind : deck) {
                    if (kind.ofStore() ? whole : ready > 1) {
                        deck.removeFirstOccurrence(kind);
                        return kind;
                    }
                }
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return null;
    }

    private void play(Kind kind) throws InterruptedException {
        List<ChaosNode> ready = nodes.stream().filter(ChaosNode::isReady).toList();
        ChaosNode node = ready.get(random.nextInt(ready.size()));
        note(kind);
        switch (kind) {
            case KILL -> {
                node.kill();
                Thread.sleep(REST_MILLIS);
                node.startAgain();
            }
            case DRAIN -> node.drain();
            case FREEZE -> {
                node.freeze();
                Thread.sleep(FREEZE_MILLIS);
                node.thaw();
            }
            case CUT -> node.cutClients();
            case STORE_CUT_OFF -> {
                nodes.forEach(ChaosNode::cutFromStore);
                outage();
                nodes.forEach(ChaosNode::reachStore);
                Thread.sleep(SHORTEST_OUTAGE_MILLIS); // the nodes give it what it missed
            }
            case STORE_RESTARTED_EMPTY -> {
                redis.stop();
                outage();
                redis.start();
                Thread.sleep(SHORTEST_OUTAGE_MILLIS);
            }
        }
    }

    private void outage() throws InterruptedException {
        Thread.sleep(SHORTEST_OUTAGE_MILLIS + random.nextInt(OUTAGE_MILLIS));
    }

    private synchronized void note(Kind kind) {
        played.merge(kind.text(), 1, Integer::sum);
        log.add(new Played(kind.text(), System.nanoTime()));
        System.out.printf("%tT %s, %d left%n", System.currentTimeMillis(), kind.text(), deck.size());
    }
}
