package dev.steno.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.archive.PassedException;
import dev.steno.archive.SharedJournal;
import dev.steno.archive.SharedJournals.TakenJournal;
import dev.steno.archive.SharedJournals.Whereabouts;
import dev.steno.testing.CutProxy;
import dev.steno.testing.RedisProcess;
import dev.steno.testing.Wait;
import dev.steno.transcript.SessionId;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that any node goes on with, and that a store which was away gets in whole. */
class RedisJournalsTest extends RedisFixture {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SessionId id = SessionId.random();

    /** One recording on one node's disk, and what its session heard. */
    private static final class Disk implements SharedJournal.Owner {
        private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
        private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
        private final SharedJournal journal;

        private Disk(SharedJournal journal) {
            this.journal = journal;
            journal.attach(this);
        }

        private CompletionStage<Void> write(String... more) {
            lines.addAll(List.of(more));
            return journal.append(List.of(more));
        }

        @Override
        public List<String> lines() {
            return List.copyOf(lines);
        }

        @Override
        public void onPassed() {
            heard.add("passed");
        }

        @Override
        public void onDurability(boolean shared) {
            heard.add(shared ? "shared" : "alone");
        }
    }

    private static RedisJournals journals(Node node) {
        node.heart().beat();
        Wait.until(PATIENCE, () -> "the store", node.heart()::answers);
        RedisRecordings recordings = new RedisRecordings(node.store(), node.keys(), node.settings());
        return new RedisJournals(recordings, node.heart(), Runnable::run);
    }

    @Test
    void lets_another_node_go_on_and_tells_the_one_before() throws Exception {
        Node first = node();
        RedisJournals one = journals(first);
        RedisJournals two = journals(node());
        Disk disk = new Disk(one.open(id, "ada"));
        disk.journal.tokens(List.of("token"));
        get(disk.write("header"));
        get(disk.write("first"));

        assertThat(get(two.take("token", "bob"))).isEmpty();
        TakenJournal taken = get(two.take("token", "ada")).orElseThrow();
        assertThat(taken.lines()).containsExactly("header", "first");
        Disk other = new Disk(taken.journal());
        get(other.write("second"));

        Wait.until(PATIENCE, () -> "word of the take-over", () -> {
            first.heart().beat();
            return disk.heard.contains("passed");
        });
        assertThatThrownBy(() -> get(disk.write("late"))).hasCauseInstanceOf(PassedException.class);
        assertThat(disk.heard).containsExactly("passed");
        assertThat(other.heard).isEmpty();
        assertThat(get(one.whereabouts(id, List.of("header", "first")))).isEqualTo(Whereabouts.ELSEWHERE);
        assertThat(get(one.whereabouts(SessionId.random(), List.of("header"))))
                .as("by a store that has just come back")
                .isEqualTo(Whereabouts.NOT_KNOWN);
    }

    @Test
    void gives_the_store_what_only_the_disk_of_a_dead_node_has() throws Exception {
        RedisJournals one = journals(node());
        Disk disk = new Disk(one.open(id, ""));
        disk.journal.tokens(List.of("token"));
        get(disk.write("header", "first"));
        RedisJournals restarted = journals(node());
        assertThat(get(restarted.whereabouts(id, List.of("header", "first", "second"))))
                .isEqualTo(Whereabouts.ELSEWHERE);
        TakenJournal taken = get(restarted.take("token", "")).orElseThrow();
        assertThat(taken.lines()).containsExactly("header", "first", "second");
    }

    @Test
    void takes_back_what_went_on_from_the_disk_of_a_node_that_was_started_again() throws Exception {
        RedisJournals one = journals(node());
        Disk disk = new Disk(one.open(id, ""));
        get(disk.write("header", "first"));
        Disk restarted = new Disk(journals(node()).reopen(id, ""));
        restarted.lines.addAll(List.of("header", "first", "second"));
        restarted.journal.tokens(List.of("token"));
        get(restarted.write("third"));
        assertThatThrownBy(() -> get(disk.write("late"))).hasCauseInstanceOf(PassedException.class);
        TakenJournal taken = get(journals(node()).take("token", "")).orElseThrow();
        assertThat(taken.lines()).containsExactly("header", "first", "second", "third");
    }

    @Test
    void lets_go_what_went_on_from_the_disk_when_another_node_has_it() throws Exception {
        Disk other = new Disk(journals(node()).open(id, ""));
        get(other.write("header", "first", "second of another"));
        Disk restarted = new Disk(journals(node()).reopen(id, ""));
        restarted.lines.addAll(List.of("header", "first"));
        assertThatThrownBy(() -> get(restarted.write("second"))).hasCauseInstanceOf(PassedException.class);
        assertThat(restarted.heard).containsExactly("passed");
    }

    @Test
    void leaves_no_orphan_of_what_was_over_before_the_store_answered() throws Exception {
        Disk disk = new Disk(journals(node()).open(id, ""));
        get(disk.write("header", "first"));
        Node second = node();
        RedisJournals restarted = journals(second);
        Disk again = new Disk(restarted.reopen(id, ""));
        again.lines.addAll(List.of("header", "first", "second"));
        again.journal.end();
        Wait.until(PATIENCE, () -> "the end, once the lease of before is over", () -> {
            second.heart().beat();
            return isOver(second);
        });
        assertThatThrownBy(() -> get(disk.write("late"))).hasCauseInstanceOf(PassedException.class);
    }

    @Test
    void tells_a_store_that_lost_its_memory_what_is_over() throws Exception {
        Node first = node();
        RedisJournals one = journals(first);
        Disk disk = new Disk(one.open(id, ""));
        get(disk.write("header", "first"));
        disk.journal.end();
        RedisJournals two = journals(node());
        Wait.until(PATIENCE, () -> "the end", () -> isOver(first));
        Disk running = new Disk(one.open(SessionId.random(), ""));
        get(running.write("header"));
        get(first.store().ask(commands -> commands.flushdb()));
        Wait.until(PATIENCE, () -> "the end once more", () -> {
            first.heart().beat();
            return two.whereabouts(id, List.of("header", "first"))
                            .toCompletableFuture()
                            .join()
                    == Whereabouts.ELSEWHERE;
        });
    }

    @Test
    void refuses_a_write_of_a_node_that_was_not_told_yet() throws Exception {
        RedisJournals one = journals(node());
        Disk disk = new Disk(one.open(id, ""));
        disk.journal.tokens(List.of("token"));
        get(disk.write("header"));
        assertThat(get(journals(node()).take("token", ""))).isPresent();
        assertThatThrownBy(() -> get(disk.write("late"))).hasCauseInstanceOf(PassedException.class);
        assertThat(disk.heard).containsExactly("passed");
    }

    @Test
    void opens_a_recording_by_its_newest_tokens_alone() throws Exception {
        RedisJournals one = journals(node());
        Disk disk = new Disk(one.open(id, ""));
        disk.journal.tokens(List.of("old", "new"));
        disk.journal.tokens(List.of("new"));
        get(disk.write("header"));
        RedisJournals two = journals(node());
        assertThat(get(two.take("old", ""))).isEmpty();
        assertThat(get(two.take("new", ""))).isPresent();
    }

    @Test
    void keeps_a_token_for_as_long_as_the_recording_runs() throws Exception {
        Node first = node();
        Disk disk = new Disk(journals(first).open(id, ""));
        disk.journal.tokens(List.of("token"));
        get(disk.write("header"));
        String key = first.keys().token("token");
        get(first.store().ask(commands -> commands.pexpire(key, 60_000)));

        for (int beat = 0; beat < 120; beat++) { // a minute
            first.heart().beat();
        }
        long left = get(first.store().ask(commands -> commands.pttl(key)));
        assertThat(left).isGreaterThan(120_000);
    }

    @Test
    void shows_what_has_ended_and_gives_it_to_nobody() throws Exception {
        RedisJournals one = journals(node());
        Disk disk = new Disk(one.open(id, ""));
        disk.journal.tokens(List.of("token"));
        get(disk.write("header", "first"));
        disk.journal.end();
        TakenJournal taken = get(journals(node()).take("token", "")).orElseThrow();
        assertThat(taken.lines()).containsExactly("header", "first");
        assertThat(taken.journal()).isSameAs(SharedJournal.NONE);
    }

    @Test
    void tells_a_store_that_was_away_what_has_ended_meanwhile(@TempDir Path folder) throws Exception {
        try (RedisProcess store = RedisProcess.start(folder);
                CutProxy way = new CutProxy(URI.create(store.url()))) {
            Node node = node("redis://127.0.0.1:" + way.address().getPort());
            Disk disk = new Disk(journals(node).open(id, ""));
            disk.journal.tokens(List.of("token"));
            get(disk.write("header", "only"));
            way.down();
            Wait.until(PATIENCE, () -> "the outage", () -> {
                node.heart().beat();
                return !node.heart().answers();
            });
            disk.journal.end();
            way.up();
            RedisJournals others = journals(node(store.url()));

            Wait.until(PATIENCE, () -> "word of the end", () -> {
                node.heart().beat();
                return isOver(node);
            });
            assertThat(get(others.take("token", "")).orElseThrow().journal()).isSameAs(SharedJournal.NONE);
        }
    }

    private boolean isOver(Node node) {
        return node.store()
                .ask(commands -> commands.hexists(node.keys().facts(id), "ended"))
                .exceptionally(fault -> false)
                .toCompletableFuture()
                .join();
    }

    @Test
    void writes_to_a_store_that_comes_back_without_its_memory_what_it_lacks(@TempDir Path folder) throws Exception {
        RedisProcess before = redis;
        redis = RedisProcess.start(Files.createDirectories(folder.resolve("own")));
        try {
            Node node = node();
            RedisJournals one = journals(node);
            Disk disk = new Disk(one.open(id, ""));
            disk.journal.tokens(List.of("token"));
            get(disk.write("header", "first"));
            redis.stop();
            get(disk.write("second"));
            get(disk.write("third"));
            assertThat(disk.heard).containsExactly("alone");
            redis.start();
            Wait.until(PATIENCE, () -> "the store", () -> {
                node.heart().beat();
                return disk.heard.contains("shared");
            });
            get(disk.write("fourth"));
            TakenJournal taken = get(journals(node()).take("token", "")).orElseThrow();
            assertThat(taken.lines()).containsExactly("header", "first", "second", "third", "fourth");
        } finally {
            redis.close();
            redis = before;
        }
    }
}
