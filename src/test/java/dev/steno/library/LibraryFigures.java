package dev.steno.library;

import dev.steno.archive.ArchivedTranscripts;
import dev.steno.archive.TestTranscripts;
import dev.steno.archive.s3.S3ArchiveUnderTest;
import dev.steno.library.LibraryAccess.Scope;
import dev.steno.testing.Wait;
import dev.steno.testing.s3.S3Server;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a library of many transcripts costs: fills an archive, and prints how long lists, searches and the index take.
 * By hand, with {@code --folder=PATH} or {@code --s3=ENDPOINT}, {@code --transcripts=100000}; {@code --fill=false}
 * takes the archive as it is.
 */
final class LibraryFigures {
    private static final Instant NEWEST = Instant.parse("2026-11-01T12:00:00Z");
    private static final DateTimeFormatter STEM =
            DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss").withZone(ZoneOffset.UTC);
    private static final int WORDS = 120;
    private static final int VOCABULARY = 20_000;
    private static final Scope ALL = new Scope(Optional.empty());

    private LibraryFigures() {}

    /** Puts a document into the archive. */
    @FunctionalInterface
    private interface Target {
        void place(String name, String content) throws IOException;
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> given = new HashMap<>();
        Arrays.stream(arguments)
                .map(each -> each.substring(2).split("=", 2))
                .forEach(each -> given.put(each[0], each[1]));
        int transcripts = Integer.parseInt(given.getOrDefault("transcripts", "100000"));
        boolean fill = Boolean.parseBoolean(given.getOrDefault("fill", "true"));
        if (given.containsKey("s3")) {
            Map<String, String> settings = Map.of(
                    "S3_BUCKET", S3Server.BUCKET,
                    "AWS_ENDPOINT_URL_S3", given.get("s3"),
                    "AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY,
                    "AWS_SECRET_ACCESS_KEY", S3Server.SECRET_KEY);
            try (S3ArchiveUnderTest s3 = new S3ArchiveUnderTest(settings)) {
                fill(s3::place, fill ? transcripts : 0);
                measure(s3.transcripts(), s3::place);
            }
        } else {
            Path folder = Files.createDirectories(Path.of(given.get("folder")));
            TestTranscripts archive = new TestTranscripts(folder);
            fill(archive::place, fill ? transcripts : 0);
            measure(archive.transcripts(), archive::place);
        }
        System.exit(0);
    }

    private static void fill(Target target, int transcripts) throws Exception {
        long begun = System.nanoTime();
        ExecutorService writers = Executors.newFixedThreadPool(8);
        for (int writer = 0; writer < 8; writer++) {
            int first = writer;
            var unused = writers.submit((Callable<Void>) () -> {
                for (int i = first; i < transcripts; i += 8) {
                    store(target, i);
                }
                return null;
            });
        }
        writers.shutdown();
        if (!writers.awaitTermination(1, TimeUnit.HOURS)) {
            throw new IllegalStateException("The archive could not be filled.");
        }
        say("filled with " + transcripts, begun);
    }

    private static void store(Target target, int number) throws IOException {
        Instant startedAt = NEWEST.minusSeconds(600L * number);
        StringBuilder text = new StringBuilder();
        StringBuilder segments = new StringBuilder();
        Random random = new Random(number);
        for (int segment = 0; segment < WORDS / 12; segment++) {
            StringBuilder line = new StringBuilder();
            for (int word = 0; word < 12; word++) {
                line.append(word == 0 ? "" : " ").append(word(random));
            }
            text.append(line).append('\n');
            segments.append(segment == 0 ? "" : ",")
                    .append("{\"segment\":%d,\"text\":\"%s\",\"start\":%d,\"end\":%d,\"words\":[]}"
                            .formatted(segment, line, segment * 5, segment * 5 + 4));
        }
        String stem = STEM.format(startedAt);
        target.place(stem + ".txt", text.toString());
        target.place(
                stem + ".json",
                ("{\"session_id\":\"00000000-0000-0000-0000-%012d\",\"started_at\":\"%s\",\"engine\":\"sphinx\","
                                + "\"language_code\":\"en-US\",\"owner\":\"caller%d\",\"duration\":50,\"segments\":[%s]}\n")
                        .formatted(number, startedAt, number % 20, segments));
    }

    /** As in a language: few words are frequent, most are rare. */
    private static String word(Random random) {
        int rank = (int) Math.pow(VOCABULARY, random.nextDouble());
        return "w" + Integer.toString(rank, 26).replace('0', 'q').replaceAll("[1-9]", "k$0") + "o";
    }

    private static void measure(ArchivedTranscripts archive, Target target) throws Exception {
        Path folder = Files.createTempDirectory("library-figures");
        ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);
        ExecutorService readers = Executors.newFixedThreadPool(8);
        LibraryIndex index =
                new LibraryIndex(new IndexFolder(folder), new IndexUpkeep(archive, readers), threads, threads);
        Library library = new Library(archive, index, readers);
        times("newest page, first", 1, () -> library.list(query(Map.of()), ALL));
        times("newest page, again", 30, () -> library.list(query(Map.of()), ALL));
        store(target, -1);
        times("newest page after a new transcript", 1, () -> library.list(query(Map.of()), ALL));
        long begun = System.nanoTime();
        index.begin();
        Wait.until(Duration.ofHours(1), () -> "an index: " + index.status(), index::isComplete);
        say("index of " + index.status().transcripts(), begun);
        System.out.println("index MB: " + size(folder) / 1_000_000 + ", heap in use MB: " + heap() / 1_000_000);
        Random random = new Random(1);
        times("search", 500, () -> library.list(query(Map.of("q", word(random) + " " + word(random))), ALL));
        times("search, one word", 500, () -> library.list(query(Map.of("q", word(random))), ALL));
        times("own page", 30, () -> library.list(query(Map.of()), new Scope(Optional.of("caller7"))));
        System.out.println("heap in use MB: " + heap() / 1_000_000);
        index.end();
    }

    private static ListQuery query(Map<String, String> parameters) {
        return ListQuery.of(parameters::get);
    }

    private static void times(String what, int rounds, Callable<?> work) throws Exception {
        double[] millis = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            long begun = System.nanoTime();
            work.call();
            millis[i] = (System.nanoTime() - begun) / 1e6;
        }
        Arrays.sort(millis);
        System.out.printf(
                "%s: p50 %.1f ms, p99 %.1f ms, longest %.1f ms%n",
                what, millis[rounds / 2], millis[(int) (rounds * 0.99)], millis[rounds - 1]);
    }

    private static void say(String what, long begun) {
        System.out.printf("%s: %.1f s%n", what, (System.nanoTime() - begun) / 1e9);
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
