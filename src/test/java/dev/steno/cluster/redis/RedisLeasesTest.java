package dev.steno.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.caller.Caller;
import dev.steno.configuration.Settings;
import dev.steno.quota.DailyMinutes;
import dev.steno.quota.SharedUsage.Answer;
import dev.steno.recognition.StreamPlaces.Place;
import dev.steno.testing.RedisProcess;
import dev.steno.testing.Wait;
import dev.steno.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits hold for all nodes together, and for each alone while the store is away. */
class RedisLeasesTest extends RedisFixture {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Caller CALLER = new Caller("ada", "127.0.0.1");

    @Test
    void counts_the_streams_of_all_nodes() throws Exception {
        Node one = node();
        Node two = node();
        RedisStreamPlaces here = new RedisStreamPlaces(one.store(), one.keys(), one.heart());
        RedisStreamPlaces there = new RedisStreamPlaces(two.store(), two.keys(), two.heart());
        Place first = get(here.acquire(2)).orElseThrow();
        assertThat(get(there.acquire(2))).isPresent();
        assertThat(get(here.acquire(2))).isEmpty();
        assertThat(get(there.acquire(2))).isEmpty();
        first.release();
        first.release();
        Wait.until(PATIENCE, () -> "the place that was given back", () -> isFree(there));
        assertThat(get(here.acquire(2))).isEmpty();
    }

    private static boolean isFree(RedisStreamPlaces places) {
        return places.acquire(2).toCompletableFuture().join().isPresent();
    }

    @Test
    void counts_the_recordings_and_starts_of_a_caller_on_all_nodes() throws Exception {
        Node one = node();
        Node two = node();
        RedisSharedUsage here = one.usage();
        RedisSharedUsage there = two.usage();
        SessionId first = SessionId.random();
        assertThat(get(here.begin(CALLER, first, 1, 2))).isEqualTo(new Answer.Granted());
        assertThat(get(there.begin(CALLER, SessionId.random(), 1, 2))).isEqualTo(new Answer.TooMany(1));
        assertThat(get(there.begin(new Caller("bob", ""), SessionId.random(), 1, 2)))
                .isEqualTo(new Answer.Granted());
        here.end(CALLER, first);
        assertThat(get(there.begin(CALLER, SessionId.random(), 5, 2))).isEqualTo(new Answer.Granted());
        assertThat(get(here.begin(CALLER, SessionId.random(), 5, 2))).isInstanceOf(Answer.TooOften.class);
    }

    @Test
    void adds_up_the_audio_of_a_day() throws Exception {
        RedisSharedUsage here = node().usage();
        RedisSharedUsage there = node().usage();
        LocalDate day = LocalDate.of(2026, 11, 26);
        assertThat(get(here.countAudio(day, 70))).isEqualTo(70);
        assertThat(get(here.countAudio(day, 100))).isEqualTo(100);
        assertThat(get(there.countAudio(day, 20))).isEqualTo(120);
        assertThat(get(there.countAudio(day.plusDays(1), 0))).isZero();
    }

    @Test
    void counts_the_minutes_of_all_nodes_against_one_limit(@TempDir Path folder) throws Exception {
        DailyMinutes here = minutes(folder, node());
        DailyMinutes there = minutes(folder, node());
        here.meter(Duration.ofMinutes(4));
        get(here.share());
        get(there.share());
        assertThat(there.status()).contains(new DailyMinutes.Status(10, 4));
        there.meter(Duration.ofMinutes(6));
        get(there.share());
        get(here.share());
        assertThat(here.status()).contains(new DailyMinutes.Status(10, 10));
        DailyMinutes restarted = minutes(folder, node());
        get(restarted.share());
        assertThat(restarted.status()).contains(new DailyMinutes.Status(10, 10));
    }

    private static DailyMinutes minutes(Path folder, Node node) throws IOException {
        Settings settings = new Settings(key -> Optional.of("10"));
        Path own = Files.createDirectory(folder.resolve(node.settings().node()));
        return new DailyMinutes(settings, own, Runnable::run, InstantSource.system(), node.usage());
    }

    @Test
    void gives_up_places_beyond_its_share_before_others_may_count_them_as_free(@TempDir Path folder) throws Exception {
        RedisProcess before = redis;
        redis = RedisProcess.start(Files.createDirectories(folder.resolve("own")));
        try {
            Node one = node();
            Node two = node();
            Wait.until(PATIENCE, () -> "two nodes", () -> {
                one.heart().beat();
                two.heart().beat();
                return one.heart().nodes() == 2;
            });
            AtomicLong time = new AtomicLong();
            RedisStreamPlaces here = new RedisStreamPlaces(one.store(), one.keys(), one.heart(), time::get);
            List<Integer> lost = Collections.synchronizedList(new ArrayList<>());
            for (int i = 0; i < 3; i++) {
                int number = i;
                get(here.acquire(4)).orElseThrow().onLost(() -> lost.add(number));
            }
            redis.stop();
            time.addAndGet(Duration.ofSeconds(16).toNanos());
            one.heart().beat();
            assertThat(lost).isEmpty();
            time.addAndGet(Duration.ofSeconds(2).toNanos());
            one.heart().beat();
            assertThat(lost).as("two are its share; the newest stream ends").containsExactly(2);
            one.heart().beat();
            assertThat(lost).hasSize(1);
            assertThat(get(here.acquire(4))).isEmpty();
        } finally {
            redis.close();
            redis = before;
        }
    }

    @Test
    void gives_each_node_its_share_while_the_store_is_away_and_counts_again_when_it_is_back(@TempDir Path folder)
            throws Exception {
        RedisProcess before = redis;
        redis = RedisProcess.start(Files.createDirectories(folder.resolve("own")));
        try {
            Node one = node();
            Node two = node();
            one.heart().beat();
            two.heart().beat();
            Wait.until(PATIENCE, () -> "two nodes", () -> {
                one.heart().beat();
                return one.heart().nodes() == 2;
            });
            RedisStreamPlaces here = new RedisStreamPlaces(one.store(), one.keys(), one.heart());
            List<Optional<Place>> taken = new ArrayList<>(List.of(get(here.acquire(4))));
            redis.stop();
            Wait.until(PATIENCE, () -> "an outage", () -> {
                one.heart().beat();
                return !one.heart().answers();
            });
            CompletionStage<Optional<Place>> second = here.acquire(4);
            assertThat(second).as("nobody waits for a store that is away").isCompleted();
            taken.add(get(second));
            taken.add(get(here.acquire(4)));
            assertThat(taken.stream().filter(Optional::isPresent)).hasSize(2);
            redis.start();
            Wait.until(PATIENCE, () -> "the store", () -> {
                one.heart().beat();
                two.heart().beat();
                return one.heart().answers() && two.heart().answers();
            });
            one.heart().beat();
            RedisStreamPlaces there = new RedisStreamPlaces(two.store(), two.keys(), two.heart());
            assertThat(get(there.acquire(2))).isEmpty();
            assertThat(get(there.acquire(3))).isPresent();
        } finally {
            redis.close();
            redis = before;
        }
    }
}
