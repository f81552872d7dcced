package dev.steno.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.cluster.redis.RedisRecordings.Appended;
import dev.steno.cluster.redis.RedisRecordings.Claim;
import dev.steno.cluster.redis.RedisRecordings.Loss;
import dev.steno.testing.Wait;
import dev.steno.transcript.SessionId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One owner at a time, and nothing of an older one comes through. */
class RedisRecordingsTest extends RedisFixture {
    private final SessionId id = SessionId.random();

    private RedisRecordings one;
    private RedisRecordings two;

    @BeforeEach
    void twoNodes() {
        one = recordings(node());
        two = recordings(node());
    }

    private static RedisRecordings recordings(Node node) {
        return new RedisRecordings(node.store(), node.keys(), node.settings());
    }

    @Test
    void gives_a_recording_to_the_node_that_claims_it() throws Exception {
        assertThat(get(one.append(id, 1, 0, List.of("header", "first")))).isEqualTo(new Appended.Written(2));
        assertThat(get(two.claim(id))).isEqualTo(new Claim.Owned(2, List.of("header", "first")));
        assertThat(get(one.append(id, 1, 2, List.of("second")))).isEqualTo(new Appended.Passed());
        assertThat(get(two.append(id, 2, 2, List.of("other")))).isEqualTo(new Appended.Written(3));
        assertThat(get(one.renew(Map.of(id, 1L)))).containsExactly(Map.entry(id, Loss.PASSED));
        assertThat(get(two.renew(Map.of(id, 2L)))).isEmpty();
    }

    /** A node that stood still between its questions asks the second one late. */
    @Test
    void gives_no_recording_for_a_token_that_is_no_longer_good() throws Exception {
        get(one.append(id, 1, 0, List.of("header")));
        get(one.remember("token", id, "ada"));
        assertThat(get(two.find("token", "ada"))).contains(id);
        get(one.forget("token"));
        assertThat(get(two.claim(id, "token", "ada"))).isEqualTo(new Claim.Unknown());
        assertThat(get(one.append(id, 1, 1, List.of("first")))).isEqualTo(new Appended.Written(2));
        get(one.remember("new", id, "ada"));
        assertThat(get(two.claim(id, "new", "bob"))).isEqualTo(new Claim.Unknown());
        assertThat(get(two.claim(id, "new", "ada"))).isEqualTo(new Claim.Owned(2, List.of("header", "first")));
    }

    @Test
    void takes_a_write_whose_answer_was_lost_once() throws Exception {
        get(one.append(id, 1, 0, List.of("header", "first")));
        assertThat(get(one.append(id, 1, 0, List.of("header", "first", "second"))))
                .isEqualTo(new Appended.Written(3));
        assertThat(get(one.append(id, 1, 1, List.of("first", "second")))).isEqualTo(new Appended.Written(3));
        assertThat(get(two.claim(id))).isEqualTo(new Claim.Owned(2, List.of("header", "first", "second")));
    }

    @Test
    void asks_for_what_it_has_not() throws Exception {
        assertThat(get(one.append(id, 1, 5, List.of("sixth")))).isEqualTo(new Appended.Missing(0));
        assertThat(get(two.claim(id))).isEqualTo(new Claim.Unknown());
        assertThat(get(one.renew(Map.of(id, 1L)))).containsExactly(Map.entry(id, Loss.UNKNOWN));
    }

    @Test
    void keeps_the_end_of_a_recording_from_an_owner_of_before() throws Exception {
        get(one.append(id, 1, 0, List.of("header")));
        get(two.claim(id));
        assertThat(get(one.end(id, 1, "late"))).isFalse();
        assertThat(get(two.end(id, 2, "saved"))).isTrue();
        assertThat(get(one.claim(id))).isEqualTo(new Claim.Ended("saved", List.of("header")));
        assertThat(get(one.append(id, 1, 1, List.of("late")))).isEqualTo(new Appended.Passed());
        assertThat(get(one.orphans(Duration.ofSeconds(-10)))).isEmpty();
    }

    @Test
    void gives_an_orphan_to_one_node_once() throws Exception {
        get(one.append(id, 1, 0, List.of("header")));
        assertThat(get(two.claimOrphan(id, Duration.ZERO))).isEqualTo(new Claim.Unknown());
        Wait.until(Duration.ofSeconds(20), () -> "an orphan", () -> orphans().contains(id));
        assertThat(get(two.claimOrphan(id, Duration.ZERO))).isEqualTo(new Claim.Owned(2, List.of("header")));
        assertThat(get(one.claimOrphan(id, Duration.ZERO))).isEqualTo(new Claim.Unknown());
    }

    private List<SessionId> orphans() {
        try {
            return get(two.orphans(Duration.ZERO));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void gives_back_a_journal_of_eight_hours() throws Exception {
        List<String> lines =
                IntStream.range(0, 10_000).mapToObj(i -> "line " + i).toList();
        for (int from = 0; from < lines.size(); from += 1_000) {
            get(one.append(id, 1, from, lines.subList(from, from + 1_000)));
        }
        assertThat(get(two.claim(id))).isEqualTo(new Claim.Owned(2, lines));
    }

    @Test
    void finds_a_recording_by_a_token_until_it_is_forgotten() throws Exception {
        get(one.remember("hash", id, "ada"));
        assertThat(get(two.find("hash", "ada"))).contains(id);
        assertThat(get(two.find("hash", "bob"))).isEmpty();
        get(one.forget("hash"));
        assertThat(get(two.find("hash", "ada"))).isEmpty();
    }
}
