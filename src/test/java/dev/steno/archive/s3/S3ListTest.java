package dev.steno.archive.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.archive.ListRange;
import dev.steno.archive.ListedTranscript;
import dev.steno.archive.TranscriptStem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * How often a bucket is asked, which is what a list costs: a bucket of any size answers one request in the same time.
 */
class S3ListTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final S3Bucket BUCKET = new S3Bucket("bucket", "team/", false);

    private final Keys keys = new Keys();
    private final S3List list = new S3List(keys, BUCKET, InstantSource.fixed(NOW));

    @Test
    void asks_seldom_for_the_newest_of_a_hundred_thousand_and_once_from_then_on() {
        List<TranscriptStem> stems = fill(100_000, NOW, Duration.ofMinutes(20));

        assertThat(stemsOf(list.newest(ListRange.ALL, 51))).isEqualTo(stems.subList(0, 51));
        assertThat(keys.requests).isLessThanOrEqualTo(6);

        keys.requests = 0;
        assertThat(stemsOf(list.newest(ListRange.ALL, 51))).isEqualTo(stems.subList(0, 51));
        assertThat(keys.requests).isEqualTo(1);
    }

    @Test
    void asks_a_few_times_a_page_on_the_way_through_all_of_them() {
        List<TranscriptStem> stems = fill(20_000, NOW, Duration.ofMinutes(20));
        List<TranscriptStem> all = new ArrayList<>();
        ListRange rest = ListRange.ALL;
        int pages = 0;
        for (List<ListedTranscript> page = list.newest(rest, 500); !page.isEmpty(); page = list.newest(rest, 500)) {
            all.addAll(stemsOf(page));
            rest = rest.before(all.get(all.size() - 1));
            pages++;
        }

        assertThat(all).isEqualTo(stems);
        assertThat(keys.requests).isLessThan(pages * 12);
    }

    @Test
    void finds_what_is_years_old_and_what_came_in_bursts() {
        List<TranscriptStem> old = fill(30, NOW.minus(Duration.ofDays(3000)), Duration.ofDays(1));
        assertThat(stemsOf(list.newest(ListRange.ALL, 51))).isEqualTo(old);
        assertThat(keys.requests).isLessThan(20);

        List<TranscriptStem> burst = fill(3_000, NOW.minusSeconds(100), Duration.ofMillis(900));
        assertThat(stemsOf(list.newest(ListRange.ALL, 51))).isEqualTo(burst.subList(0, 51));
    }

    @Test
    void gets_through_a_second_in_which_thousands_began() {
        List<TranscriptStem> stems = new ArrayList<>();
        for (int number = 3_000; number > 0; number--) {
            stems.add(new TranscriptStem(NOW.minusSeconds(5), number));
        }
        stems.forEach(this::add);

        assertThat(stemsOf(list.newest(ListRange.ALL, 3))).isEqualTo(stems.subList(0, 3));
        assertThat(stemsOf(list.newest(ListRange.ALL.before(stems.get(9)), 3))).isEqualTo(stems.subList(10, 13));
    }

    @Test
    void gives_nothing_of_an_empty_bucket_and_of_a_stretch_without_recordings() {
        assertThat(list.newest(ListRange.ALL, 51)).isEmpty();
        fill(1_000, NOW, Duration.ofMinutes(20));
        ListRange before =
                new ListRange(Optional.empty(), Optional.of(Instant.parse("2020-01-01T00:00:00Z")), Optional.empty());
        ListRange after = new ListRange(Optional.of(NOW.plusSeconds(1)), Optional.empty(), Optional.empty());
        assertThat(list.newest(before, 51)).isEmpty();
        assertThat(list.newest(after, 51)).isEmpty();
        assertThat(keys.requests).isLessThan(60);
    }

    /** Newest first, the newest at the moment, each about so long before the next one. */
    private List<TranscriptStem> fill(int count, Instant newest, Duration apart) {
        Random random = new Random(3);
        TreeSet<TranscriptStem> stems = new TreeSet<>();
        Instant at = newest;
        while (stems.size() < count) {
            stems.add(TranscriptStem.parse(TranscriptStem.base(at)).orElseThrow());
            at = at.minusMillis(1 + random.nextLong(2 * apart.toMillis()));
        }
        stems.forEach(this::add);
        return List.copyOf(stems.descendingSet());
    }

    private void add(TranscriptStem stem) {
        keys.all.add(BUCKET.prefix() + stem + ".txt");
        keys.all.add(BUCKET.prefix() + stem + ".json");
    }

    private static List<TranscriptStem> stemsOf(List<ListedTranscript> page) {
        return page.stream().map(ListedTranscript::stem).toList();
    }

    /** A bucket that only lists. */
    private static final class Keys implements S3Client {
        private final NavigableSet<String> all = new TreeSet<>();
        private int requests;

        @Override
        public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
            requests++;
            String after = request.continuationToken() == null ? request.startAfter() : request.continuationToken();
            List<String> page = all.tailSet(after, false).stream()
                    .filter(key -> key.startsWith(request.prefix()))
                    .limit(request.maxKeys() + 1L)
                    .toList();
            boolean more = page.size() > request.maxKeys();
            List<String> shown = more ? page.subList(0, request.maxKeys()) : page;
            return ListObjectsV2Response.builder()
                    .contents(shown.stream()
                            .map(key ->
                                    S3Object.builder().key(key).eTag("\"1\"").build())
                            .toList())
                    .nextContinuationToken(more ? shown.get(shown.size() - 1) : null)
                    .build();
        }

        @Override
        public String serviceName() {
            return "keys";
        }

        @Override
        public void close() {}
    }
}
