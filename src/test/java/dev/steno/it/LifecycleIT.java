package dev.steno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.testing.StenoClient;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three lives of one server, each in the same folders. What was shown as final outlives the process that showed it,
 * whether that was killed or stopped. A client that connects as soon as the next process is ready stays connected.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LifecycleIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final List<String> PATHS = List.of("info", "healthz/ready");

    /** One final, which comes at once. */
    private static final byte[] FINAL = AmazonStandIns.audio(3);

    /** Begins with {@link #FINAL}. */
    private static final byte[] LONGER = AmazonStandIns.audio(4);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS) // the log says why
    private static Path folder;

    private static AmazonStandIns amazon;
    private static StenoProcess steno;

    @BeforeAll
    static void start() {
        amazon = new AmazonStandIns();
        steno = StenoProcess.start(folder, amazon.settings()).awaitOk("healthz/ready");
    }

    @AfterAll
    static void close() {
        steno.close();
        amazon.close();
    }

    @Test
    @Order(1)
    void archives_after_a_crash_what_was_recognised_and_what_could_not_be_stored() {
        amazon.s3().down();
        StenoClient unstored = StenoClient.connect(steno.base());
        AmazonStandIns.send(unstored, FINAL);
        unstored.control("stop");
        unstored.awaitError("archive_delayed");
        StenoClient running = StenoClient.connect(steno.base());
        AmazonStandIns.send(running, LONGER);
        awaitFinal(running);
        steno.kill();
        assertThat(journals()).isEqualTo(2);
        amazon.s3().up();

        steno = steno.again().awaitOk("healthz/ready");
        Wait.until(PATIENCE, () -> "the end of the journals; " + steno.log(), () -> journals() == 0);
        // Of both the first three seconds are a final: the fourth of the one died with the process.
        assertThat(texts()).containsExactly(AmazonStandIns.text(FINAL), AmazonStandIns.text(FINAL));
    }

    @Test
    @Order(2)
    void archives_running_recordings_when_the_server_is_stopped() {
        try (StenoClient client = StenoClient.connect(steno.base())) {
            AmazonStandIns.send(client, LONGER);
            awaitFinal(client);
            steno.beginToTerminate();
            if (steno.closesSocketsFirst()) {
                assertThat(client.awaitClose()).isIn(1001, 1006, 1012); // now and then Steno is quicker
            } else {
                client.await("saved");
                assertThat(client.awaitClose()).isEqualTo(1012);
                assertThat(texts()).hasSize(3).contains(AmazonStandIns.text(LONGER));
            }
            steno.awaitExit();
        }
    }

    @Test
    @Order(3)
    void stays_ready_from_the_first_moment_of_the_next_start() {
        long began = System.nanoTime();
        steno = steno.again();
        Wait.until(PATIENCE, () -> "an answer; " + steno.log(), () -> steno.status("info") > 0);
        long answered = System.nanoTime();
        steno.awaitOk("healthz/ready");
        try (StenoClient client = StenoClient.connect(steno.base())) {
            client.await("session");
            assertThat(otherAnswersUntilStarted()).isEmpty();
            assertThat(client.isOpen()).isTrue();
            assertThat(Pattern.compile("Steno is up").matcher(steno.log()).results())
                    .hasSize(1);
        }
        System.out.printf(
                "The next start: the first answer after %.1f s, ready and stable %.1f s later.%n",
                (answered - began) / 1e9, (System.nanoTime() - answered) / 1e9);
        // Where the server took away sockets, or threads as well, the final that was shown is stored by now.
        Wait.until(PATIENCE, () -> "the end of the journals; " + steno.log(), () -> journals() == 0);
        assertThat(texts()).hasSize(3).allMatch(text -> text.startsWith(AmazonStandIns.text(FINAL)));
    }

    /** What was not 200, until the server has nothing more to start. */
    private static List<String> otherAnswersUntilStarted() {
        List<String> others = new ArrayList<>();
        Wait.until(PATIENCE, () -> "the end of the start; " + steno.log(), () -> {
            boolean started = steno.isStarted(); // looked up first: one more round of requests comes after it
            for (String path : PATHS) {
                int status = steno.status(path);
                if (status != 200) {
                    others.add(path + ": " + status);
                }
            }
            return started;
        });
        return others;
    }

    private static void awaitFinal(StenoClient client) {
        client.await("transcript", message -> message.getBoolean("is_final"));
    }

    /** Of the transcripts in the bucket. */
    private static List<String> texts() {
        return amazon.s3().keys().stream()
                .filter(key -> key.endsWith(".txt"))
                .map(key -> amazon.s3().text(key).orElseThrow())
                .toList();
    }

    private static long journals() {
        try (Stream<Path> files = Files.walk(steno.archive().resolve(".journal"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".journal"))
                    .count();
        } catch (IOException | UncheckedIOException e) { // deleted while it was walked
            return -1;
        }
    }
}
