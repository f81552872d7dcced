package dev.steno.soak;

import dev.steno.testing.RedisProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * What happens to nodes and store, at random, one after another: a node dies, is drained, or stands still; its clients are cut
 * off; the store is away, or comes back empty. Nothing else happens while the store is away: a node that dies then keeps
 * on its disk what only it knows, and nobody promises that its clients go on before it is back.
 */
final class ChaosFaults implements Runnable {
    private static final long FREEZE_MILLIS = 15_000;
    private static final int SHORTEST_OUTAGE_MILLIS = 5_000;
    private static final int OUTAGE_MILLIS = 15_000;

    /** Between two faults. */
    private static final int SHORTEST_PAUSE_MILLIS = 4_000;

    private static final int PAUSE_MILLIS = 8_000;

    /** Of a hundred faults. */
    private static final int KILLS = 35;

    private static final int DRAINS = 35;
    private static final int FREEZES = 12;
    private static final int CUTS = 12;

    private final List<ChaosNode> nodes;
    private final RedisProcess redis;
    private final BooleanSupplier allSpeak;
    private final Random random;
    private final Map<String, Integer> played = new TreeMap<>();
    private final List<Played> log = new ArrayList<>();
    private volatile boolean over;

    /** @param at as {@link System#nanoTime} */
    record Played(String kind, long at) {}

    /** @param allSpeak whether all clients are connected */
    ChaosFaults(List<ChaosNode> nodes, RedisProcess redis, BooleanSupplier allSpeak, Random random) {
        this.nodes = nodes;
        this.redis = redis;
        this.allSpeak = allSpeak;
        this.random = random;
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

    @Override
    public void run() {
        try {
            while (!over) {
                pause(SHORTEST_PAUSE_MILLIS + random.nextInt(PAUSE_MILLIS));
                nodes.forEach(ChaosNode::look);
                play(random.nextInt(100));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void play(int choice) throws InterruptedException {
        List<ChaosNode> ready = nodes.stream().filter(ChaosNode::isReady).toList();
        if (ready.size() < 2) {
            return; // somebody must be left to go on
        }
        ChaosNode node = ready.get(random.nextInt(ready.size()));
        if (choice < KILLS) {
            note("kill");
            node.kill();
        } else if (choice < KILLS + DRAINS) {
            note("drain");
            node.drain();
        } else if (choice < KILLS + DRAINS + FREEZES) {
            note("freeze");
            node.freeze();
            pause(FREEZE_MILLIS);
            node.thaw();
        } else if (choice < KILLS + DRAINS + FREEZES + CUTS) {
            note("cut");
            node.cutClients();
        } else if (ready.size() == nodes.size() && allSpeak.getAsBoolean()) {
            loseStore();
        }
    }

    private void loseStore() throws InterruptedException {
        boolean forgets = random.nextBoolean();
        note(forgets ? "store restarted empty" : "store cut off");
        if (forgets) {
            redis.stop();
        } else {
            nodes.forEach(ChaosNode::cutFromStore);
        }
        pause(SHORTEST_OUTAGE_MILLIS + random.nextInt(OUTAGE_MILLIS));
        if (forgets) {
            redis.start();
        } else {
            nodes.forEach(ChaosNode::reachStore);
        }
        pause(SHORTEST_OUTAGE_MILLIS); // the nodes give it what it missed
    }

    private synchronized void note(String kind) {
        played.merge(kind, 1, Integer::sum);
        log.add(new Played(kind, System.nanoTime()));
    }

    private static void pause(long millis) throws InterruptedException {
        Thread.sleep(millis);
    }
}
