package dev.steno.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.testing.Wait;
import dev.steno.transcript.SampleTranscripts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class JournalCheckTest {
    @RegisterExtension
    final TestThreads threads = new TestThreads();

    private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong now = new AtomicLong(5);

    @TempDir
    private Path folder;

    @AfterEach
    void end() {
        background.shutdownNow();
    }

    @Test
    void looks_in_the_background_and_answers_with_the_last_look() throws Exception {
        TranscriptJournal journal = new TranscriptJournal(folder, threads.journal);
        SessionJournalTest.await(journal.open(SampleTranscripts.recording()).append(SampleTranscripts.segment(0)));
        JournalCheck check = new JournalCheck(journal, background, now::get);
        check.begin();
        Wait.until(Duration.ofSeconds(10), () -> "a look", () -> check.last().bytes() > 0);
        assertThat(check.last().problem()).isEmpty();
        now.addAndGet(Duration.ofSeconds(14).toNanos());
        assertThat(check.last().problem()).isEmpty();
        assertThat(check.last().age()).isEqualTo(Duration.ofSeconds(14));
    }

    /**
     * As on a network file system whose server is away: an open that does not return. A FIFO without a reader does the
     * same.
     */
    @Test
    void says_that_a_disk_hangs_and_holds_up_nobody() throws Exception {
        TranscriptJournal journal = new TranscriptJournal(folder, threads.journal);
        Path process;
        try (var folders = Files.newDirectoryStream(folder, path -> Files.isDirectory(path))) {
            process = folders.iterator().next();
        }
        assertThat(new ProcessBuilder(
                                "mkfifo",
                                process.resolve(TranscriptJournal.PROBE).toString())
                        .start()
                        .waitFor())
                .isZero();
        JournalCheck check = new JournalCheck(journal, background, now::get);
        check.begin();
        for (int i = 0; i < 200; i++) {
            assertThat(check.last().problem()).isEmpty();
        }
        now.addAndGet(Duration.ofSeconds(16).toNanos());
        for (int i = 0; i < 200; i++) {
            assertThat(check.last().problem().orElseThrow()).contains("16 s", "JOURNAL_DIR");
        }
        SessionJournalTest.await(journal.open(SampleTranscripts.recording()).append(SampleTranscripts.segment(0)));
        Files.delete(process.resolve(TranscriptJournal.PROBE));
    }
}
