package dev.steno.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.testing.Wait;
import dev.steno.transcript.Recording;
import dev.steno.transcript.SampleTranscripts;
import dev.steno.transcript.TranscriptSegment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SessionJournalTest {
    @RegisterExtension
    final TestThreads threads = new TestThreads();

    private final Recording recording = SampleTranscripts.recording();

    @TempDir
    private Path folder;

    @Test
    void keeps_segments_in_order_when_many_are_given_at_once() throws Exception {
        SessionJournal journal = journal(threads.journal);
        List<CompletionStage<Void>> appends = new ArrayList<>();
        List<TranscriptSegment> segments = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            segments.add(SampleTranscripts.segment(i));
            appends.add(journal.append(segments.get(i)));
        }
        for (CompletionStage<Void> append : appends) {
            await(append);
        }

        JournalContent content = JournalReader.read(file());

        assertThat(content.recording()).contains(recording);
        assertThat(content.segments()).isEqualTo(segments);
        assertThat(content.whole()).isTrue();
        assertThat(Files.readAllLines(file())).hasSize(201);
    }

    @Test
    void has_no_file_before_the_first_segment_and_a_private_one_after_it() throws Exception {
        SessionJournal journal = journal(threads.journal);
        assertThat(file()).doesNotExist();

        await(journal.append(SampleTranscripts.segment(0)));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void deletes_the_file_after_what_was_still_being_written() throws Exception {
        List<Runnable> tasks = new ArrayList<>();
        SessionJournal journal = journal(tasks::add);
        CompletionStage<Void> append = journal.append(SampleTranscripts.segment(0));

        journal.discard();
        while (!tasks.isEmpty()) {
            tasks.remove(0).run();
        }

        await(append);
        assertThat(file()).doesNotExist();
        assertThatThrownBy(() -> await(journal.append(SampleTranscripts.segment(1))))
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void fails_for_good_when_somebody_deleted_the_file() throws Exception {
        SessionJournal journal = journal(threads.journal);
        await(journal.append(SampleTranscripts.segment(0)));
        Files.delete(file());

        assertThatThrownBy(() -> await(journal.append(SampleTranscripts.segment(1))))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class);

        assertThat(journal.append(SampleTranscripts.segment(2)).toCompletableFuture())
                .isCompletedExceptionally();
        assertThat(journal.sound()).isFalse();
        assertThat(file()).doesNotExist();
    }

    @Test
    void fails_when_the_server_refuses_to_run_the_write() {
        SessionJournal journal = journal(task -> {
            throw new RejectedExecutionException("shutting down");
        });

        assertThatThrownBy(() -> await(journal.append(SampleTranscripts.segment(0))))
                .hasCauseInstanceOf(IOException.class)
                .hasMessageContaining("shutting down");
        assertThat(journal.sound()).isFalse();
    }

    @Test
    void fails_at_once_when_a_thousand_writes_wait_for_the_disk() {
        SessionJournal journal = journal(task -> {});
        for (int i = 0; i < 1000; i++) {
            assertThat(journal.append(SampleTranscripts.segment(i)).toCompletableFuture())
                    .isNotDone();
        }

        assertThat(journal.append(SampleTranscripts.segment(1000)).toCompletableFuture())
                .isCompletedExceptionally();
    }

    @Test
    void fails_when_the_disk_is_full_and_keeps_what_was_acknowledged() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 256)) {
            Path file = disk.root.resolve(JournalName.of(recording));
            SessionJournal journal = new SessionJournal(JournalFile.create(recording, () -> file), threads.journal);
            await(journal.append(SampleTranscripts.segment(0)));
            disk.fill();

            assertThatThrownBy(() -> {
                        for (int i = 1; i < 100; i++) {
                            await(journal.append(SampleTranscripts.segment(i)));
                        }
                    })
                    .hasCauseInstanceOf(IOException.class)
                    .hasMessageContaining("No space");

            assertThat(JournalReader.read(file).segments()).contains(SampleTranscripts.segment(0));
            journal.discard();
            Wait.until(Duration.ofSeconds(5), () -> "the journal to go", () -> Files.notExists(file));
        }
    }

    private SessionJournal journal(Executor executor) {
        return new SessionJournal(JournalFile.create(recording, this::file), executor);
    }

    private Path file() {
        return folder.resolve(JournalName.of(recording));
    }

    static void await(CompletionStage<Void> stage) throws Exception {
        stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
