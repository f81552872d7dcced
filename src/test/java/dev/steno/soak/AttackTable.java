package dev.steno.soak;

import dev.steno.testing.ServerJvm;
import dev.steno.testing.SteadySpeaker;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.s3.S3Server;
import dev.steno.testing.transcribe.TranscribeServer;
import dev.steno.testing.transcribe.TranscribeServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * One attack after the other on the packaged Steno, by four threads for some seconds, beside three recordings in real
 * time. Prints a row for each: live heap before, at the worst, and half a minute later; threads at the worst; the
 * slowest {@code /info}; whether each byte of the recordings was transcribed; and how often their clients heard nothing
 * for so long that they connected again. {@code attacks.seconds} (6) and {@code attacks.later} (30) change the times,
 * {@code attacks.only} (a regular expression) chooses attacks.
 */
public final class AttackTable {
    private static final int SECONDS = Integer.getInteger("attacks.seconds", 6);
    private static final int LATER_SECONDS = Integer.getInteger("attacks.later", 30);
    private static final Pattern ONLY = Pattern.compile(System.getProperty("attacks.only", ""));
    private static final int ATTACKERS = 4;
    private static final int SPEAKERS = 3;
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final StenoProcess steno;
    private final ServerJvm server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "attack");
        thread.setDaemon(true);
        return thread;
    });

    private AttackTable(StenoProcess steno, ServerJvm server) {
        this.steno = steno;
        this.server = server;
    }

    public static void main(String[] arguments) throws Exception {
        try (S3Server s3 = S3Server.start();
                TranscribeServer transcribe = TranscribeServer.start(
                        TranscribeServerOptions.defaults().withStreamLimit(100))) {
            Map<String, String> settings = s3.settings();
            settings.put("S3_PATH_STYLE", "true");
            settings.put(
                    "AWS_ENDPOINT_URL_TRANSCRIBE_STREAMING",
                    transcribe.endpoint().toString());
            settings.put("JAVA_TOOL_OPTIONS", "-Xmx512m");
            try (StenoProcess steno = StenoProcess.start(Files.createTempDirectory("steno-attacks"), settings)
                    .awaitOk("healthz/ready")) {
                try (ServerJvm server = ServerJvm.attach(steno.handle().pid())) {
                    new AttackTable(steno, server).play();
                }
            }
        }
    }

    private void play() throws Exception {
        System.out.println(
                "| attack | times | live heap before, at the worst, later, MiB | threads | slowest `/info`, ms"
                        + " | recordings whole | connected again |\n|---|---|---|---|---|---|---|");
        attack("none", () -> LockSupport.parkNanos(PAUSE.toNanos()));
        for (Map.Entry<String, Runnable> attack :
                new Attacks(steno.base()).all().entrySet()) {
            if (ONLY.matcher(attack.getKey()).find()) {
                attack(attack.getKey(), attack.getValue());
            }
        }
        System.out.println("OutOfMemoryError in the log: " + steno.log().contains("OutOfMemoryError"));
    }

    private void attack(String name, Runnable attack) throws Exception {
        double before = server.liveHeapMebibytes();
        long log = steno.log().length();
        List<SteadySpeaker> speakers = IntStream.range(0, SPEAKERS)
                .mapToObj(i -> new SteadySpeaker(steno::base, i, SECONDS + 6))
                .toList();
        List<? extends Future<?>> speaking =
                speakers.stream().map(threads::submit).toList();
        TimeUnit.SECONDS.sleep(2);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        List<Future<Integer>> attackers = IntStream.range(0, ATTACKERS)
                .mapToObj(i -> threads.submit(() -> repeat(attack, end)))
                .toList();
        double worst = before;
        int most = 0;
        long slowest = 0;
        while (System.nanoTime() - end < 0) {
            slowest = Math.max(slowest, infoMillis());
            worst = Math.max(worst, server.liveHeapMebibytes());
            most = Math.max(most, server.threads());
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
        int times = 0;
        for (Future<Integer> attacker : attackers) {
            times += attacker.get(2, TimeUnit.MINUTES);
        }
        for (Future<?> speaker : speaking) {
            speaker.get(3, TimeUnit.MINUTES);
        }
        long rest = end + TimeUnit.SECONDS.toNanos(LATER_SECONDS) - System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(Math.max(0, rest));
        System.out.printf(
                "| %s | %d | %.0f, %.0f, %.0f | %d | %d | %d of %d | %d |%n",
                name,
                times,
                before,
                worst,
                server.liveHeapMebibytes(),
                most,
                slowest,
                whole(speakers),
                SPEAKERS,
                speakers.stream()
                        .mapToInt(speaker -> speaker.sessionIds().size() - 1)
                        .sum());
        speakers.forEach(speaker -> speaker.faults().forEach(fault -> System.out.println("  " + fault)));
        if (steno.log().length() - log > 100_000) {
            System.out.println("  the log grew by " + (steno.log().length() - log) + " characters");
        }
    }

    private static int repeat(Runnable attack, long end) {
        int times = 0;
        for (; System.nanoTime() - end < 0; times++) {
            try {
                attack.run();
            } catch (AssertionError | UncheckedIOException | NumberFormatException | IndexOutOfBoundsException e) {
                // the server hung up, or not: the figures tell
            }
        }
        return times;
    }

    /** A client that waits for 10 s connects again; that its old connection is told so is no loss. */
    private static long whole(List<SteadySpeaker> speakers) {
        return speakers.stream()
                .filter(speaker -> speaker.faults().stream().allMatch(fault -> fault.contains("session_expired")))
                .filter(speaker -> speaker.sessionIds().stream().distinct().count() == 1)
                .filter(speaker ->
                        speaker.saved() != null && speaker.wrongFinals().isEmpty())
                .count();
    }

    private long infoMillis() {
        long began = System.nanoTime();
        try {
            HttpURLConnection info =
                    (HttpURLConnection) steno.base().resolve("info").toURL().openConnection();
            info.setReadTimeout(60_000);
            info.getResponseCode();
        } catch (IOException e) { // counts for as long as it took
        }
        return (System.nanoTime() - began) / 1_000_000;
    }
}
