package dev.steno.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.archive.SharedJournal;
import dev.steno.testing.RedisProcess;
import dev.steno.testing.SlowProxy;
import dev.steno.testing.Wait;
import dev.steno.transcript.SessionId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that is full, slow, or whose primary dies. */
class RedisTroubleTest extends RedisFixture {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String LINE = "x".repeat(1_000);

    private final SessionId id = SessionId.random();
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final List<Boolean> durable = Collections.synchronizedList(new ArrayList<>());

    private RedisJournals journals(Node node) {
        RedisRecordings recordings = new RedisRecordings(node.store(), node.keys(), node.settings());
        return new RedisJournals(recordings, node.heart(), Runnable::run);
    }

    private SharedJournal open(RedisJournals journals) {
        SharedJournal journal = journals.open(id, "ada");
        journal.attach(new SharedJournal.Owner() {
            @Override
            public List<String> lines() {
                return List.copyOf(lines);
            }

            @Override
            public void onPassed() {
                throw new AssertionError("nobody else asks for it");
            }

            @Override
            public void onDurability(boolean shared) {
                durable.add(shared);
            }
        });
        return journal;
    }

    private void write(SharedJournal journal, int number) throws Exception {
        List<String> more = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            more.add(LINE);
        }
        lines.addAll(more);
        get(journal.append(more));
    }

    private static void beatUntil(Node node, Supplier<Boolean> done) {
        Wait.until(PATIENCE, () -> "a change of the store", () -> {
            node.heart().beat();
            return done.get();
        });
    }

    private static long stored(Node node, SessionId recording) {
        return new RedisRecordings(node.store(), node.keys(), node.settings())
                .length(recording)
                .exceptionally(fault -> -1L)
                .toCompletableFuture()
                .join();
    }

    @Test
    void a_full_store_is_as_good_as_none_and_gets_everything_when_there_is_room(@TempDir Path folder) throws Exception {
        try (RedisProcess full = RedisProcess.start(folder, "--maxmemory", "3mb", "--maxmemory-policy", "noeviction")) {
            Node node = node(full.url());
            beatUntil(node, node.heart()::answers);
            SharedJournal journal = open(journals(node));
            for (int i = 0; i < 100 && durable.isEmpty(); i++) {
                write(journal, 100); // never fails: the lines are on this node's disk
            }
            assertThat(durable).containsExactly(false);
            get(node.store().ask(commands -> commands.configSet("maxmemory", "0")));
            beatUntil(node, () -> durable.size() == 2);
            assertThat(durable).containsExactly(false, true);
            assertThat(stored(node, id)).isEqualTo(lines.size());
        }
    }

    @Test
    void a_slow_store_delays_finals_and_nothing_else(@TempDir Path folder) throws Exception {
        try (RedisProcess far = RedisProcess.start(folder);
                SlowProxy way = new SlowProxy(far.port(), Duration.ofMillis(200))) {
            Node node = node("redis://127.0.0.1:" + way.port());
            beatUntil(node, node.heart()::answers);
            SharedJournal journal = open(journals(node));
            List<CompletableFuture<Void>> finals = new ArrayList<>();
            long began = System.nanoTime();
            for (int i = 0; i < 5; i++) {
                lines.add(LINE);
                finals.add(journal.append(List.of(LINE)).toCompletableFuture());
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .as("nobody waits")
                    .isLessThan(Duration.ofSeconds(1));
            assertThat(finals.get(4)).isNotDone();
            Wait.until(PATIENCE, () -> "the last one", finals.get(4)::isDone);
            assertThat(stored(node, id)).isEqualTo(5);
            assertThat(durable).as("slow is not away").isEmpty();
        }
    }

    @Test
    void a_store_that_hangs_while_a_node_starts_is_away_until_it_answers(@TempDir Path folder) {
        try (RedisProcess hanging = RedisProcess.start(folder)) {
            hanging.freeze();
            Node node = node(hanging.url());
            beatUntil(node, node.heart()::isAway);
            hanging.thaw();
            beatUntil(node, node.heart()::answers);
        }
    }

    @Test
    void goes_on_at_the_replica_that_a_sentinel_made_primary(@TempDir Path folder) throws Exception {
        try (RedisProcess primary = RedisProcess.start(Files.createDirectory(folder.resolve("a")));
                RedisProcess replica = RedisProcess.start(
                        Files.createDirectory(folder.resolve("b")), "--replicaof", "127.0.0.1 " + primary.port());
                RedisProcess sentinel = RedisProcess.sentinel(Files.createDirectory(folder.resolve("s")), primary)) {
            Node node = node("redis-sentinel://127.0.0.1:" + sentinel.port() + "#main");
            beatUntil(node, node.heart()::answers);
            SharedJournal journal = open(journals(node));
            write(journal, 3);
            Node other = node(replica.url());
            Wait.until(PATIENCE, () -> "the copy", () -> stored(other, id) == 3);
            Thread.sleep(1_500); // a sentinel learns of replicas by asking the primary, every second while it is young
            primary.stop();
            beatUntil(node, () -> !node.heart().answers());
            write(journal, 2);
            beatUntil(node, node.heart()::answers);
            beatUntil(node, () -> stored(other, id) == 5 && durable.size() == 2);
            assertThat(durable).containsExactly(false, true);
        }
    }
}
