package dev.steno.archive.s3;

import dev.steno.archive.ListRange;
import dev.steno.archive.ListedTranscript;
import dev.steno.archive.TranscriptStem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Finds the newest transcripts of a bucket, which lists its oldest keys first. A key tells the time, so the list can
 * begin anywhere: it asks for a stretch before the end, and for a longer or shorter one until the stretch holds what is
 * wanted and little else. The length that did is where the next search begins. Thread-safe.
 */
final class S3List {
    private static final int KEYS_A_PAGE = 1000;

    /** With all formats, audio and a translation or two a transcript has this many keys; few have more. */
    private static final int KEYS_A_TRANSCRIPT = 5;

    private static final int GROWTH = 8;

    /** No recording is older, unless the clock was wrong. */
    private static final Instant OLDEST = Instant.EPOCH;

    /** Sorts after all digits: the end of all names of transcripts. */
    private static final String AFTER_DIGITS = ":";

    private final S3Client client;
    private final S3Bucket bucket;
    private final InstantSource clock;
    private volatile Duration window = Duration.ofHours(1);

    S3List(S3Client client, S3Bucket bucket, InstantSource clock) {
        this.client = client;
        this.bucket = bucket;
        this.clock = clock;
    }

    /** What could be seen of a stretch; {@code whole} if that is all of it. */
    private record Stretch(List<ListedTranscript> transcripts, boolean whole) {}

    List<ListedTranscript> newest(ListRange range, int limit) {
        Instant floor = range.from().orElse(OLDEST);
        Instant top = range.end().orElseGet(clock::instant);
        int pages = (limit * KEYS_A_TRANSCRIPT + KEYS_A_PAGE - 1) / KEYS_A_PAGE;
        Instant from = later(floor, top.minus(window));
        Instant tooEarly = null; // a stretch from here has more keys than pages
        Instant tooLate = top; // a stretch from here has too few transcripts
        while (true) {
            Stretch stretch = look(from, range, pages);
            if (stretch.whole()) {
                if (stretch.transcripts().size() >= limit || !from.isAfter(floor)) {
                    remember(Duration.between(from, top));
                    return first(stretch.transcripts(), limit);
                }
                tooLate = from;
            } else {
                tooEarly = from;
            }
            if (tooEarly == null) {
                from = later(
                        floor,
                        top.minus(Duration.between(from, top).multipliedBy(GROWTH))
                                .minusSeconds(1));
            } else if (Duration.between(tooEarly, tooLate).toSeconds() <= 1) { // very many within one second
                return first(look(tooEarly, range, Integer.MAX_VALUE).transcripts(), limit);
            } else {
                from = tooEarly.plus(Duration.between(tooEarly, tooLate).dividedBy(2));
            }
        }
    }

    private void remember(Duration length) {
        window = length.compareTo(Duration.ofMinutes(1)) < 0 ? Duration.ofMinutes(1) : length;
    }

    private Stretch look(Instant from, ListRange range, int pages) {
        String end = bucket.prefix()
                + range.end().map(moment -> TranscriptStem.base(moment)).orElse(AFTER_DIGITS);
        List<S3Object> objects = new ArrayList<>();
        boolean whole = false;
        Optional<String> next = Optional.empty();
        for (int page = 0; page < pages && !whole; page++) {
            ListObjectsV2Response answer = ask(bucket.prefix() + TranscriptStem.base(from), next);
            answer.contents().stream()
                    .filter(object -> object.key().compareTo(end) < 0)
                    .forEach(objects::add);
            boolean passed =
                    answer.contents().stream().anyMatch(object -> object.key().compareTo(end) >= 0);
            next = Optional.ofNullable(answer.nextContinuationToken());
            whole = passed || next.isEmpty();
        }
        List<ListedTranscript> transcripts = S3Keys.transcripts(bucket, objects).stream()
                .filter(listed -> range.contains(listed.stem()))
                .toList();
        return new Stretch(transcripts, whole);
    }

    private ListObjectsV2Response ask(String after, Optional<String> next) {
        ListObjectsV2Request.Builder request = ListObjectsV2Request.builder()
                .bucket(bucket.name())
                .prefix(bucket.prefix())
                .maxKeys(KEYS_A_PAGE)
                .overrideConfiguration(S3Objects.timeouts(0));
        next.ifPresentOrElse(request::continuationToken, () -> request.startAfter(after));
        return client.listObjectsV2(request.build());
    }

    private static <T> List<T> first(List<T> all, int limit) {
        return List.copyOf(all.subList(0, Math.min(limit, all.size())));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
