package dev.steno.archive;

import static dev.steno.archive.MemoryArchive.fails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.archive.file.FileTranscriptArchive;
import dev.steno.configuration.Settings;
import dev.steno.testing.Wait;
import dev.steno.transcript.PlainText;
import dev.steno.transcript.Recording;
import dev.steno.transcript.SampleTranscripts;
import dev.steno.transcript.Transcript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ArchiveQueueTest {
    private static final String STEM = "20241215_143022";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Backoff QUICK = new Backoff(Duration.ofMillis(2), Duration.ofMillis(20));
    private static final ArchivePatience PATIENT = new ArchivePatience(Duration.ofHours(1), QUICK, QUICK);
    private static final ArchivePatience HASTY = new ArchivePatience(Duration.ofMillis(100), QUICK, QUICK);

    @RegisterExtension
    final TestThreads threads = new TestThreads();

    private final MemoryArchive archive = new MemoryArchive();
    private final Recording recording = SampleTranscripts.recording();
    private final Transcript transcript = SampleTranscripts.transcript(recording, 3);

    @TempDir
    private Path folder;

    private Path journals;
    private TranscriptJournal journal;

    @BeforeEach
    void open() {
        journals = folder.resolve("journals");
        journal = new TranscriptJournal(journals, threads.journal);
    }

    @Test
    void stores_and_then_deletes_the_journal() throws Exception {
        StoredTranscript stored = await(queue(archive).store(transcript, journalOf(transcript)));

        assertThat(stored.key()).isEqualTo(STEM + ".txt");
        assertThat(archive.text(STEM)).isEqualTo(PlainText.render(transcript));
        assertThat(archive.stored.get(STEM).documents())
                .extracting(TranscriptDocuments.Document::extension)
                .containsExactly("txt", "json");
        awaitNoJournal();
    }

    @Test
    void takes_the_next_name_when_one_is_taken() throws Exception {
        ArchiveQueue queue = queue(archive);
        for (int i = 0; i < 3; i++) {
            Transcript each = SampleTranscripts.transcript(SampleTranscripts.recording(), 1);
            await(queue.store(each, journalOf(each)));
        }

        assertThat(archive.stored).containsOnlyKeys(STEM, STEM + "_2", STEM + "_3");
    }

    @Test
    void writes_each_name_into_the_journal_before_it_is_tried() throws Exception {
        MemoryArchive.Step look = documents -> {
            try {
                JournalContent content = JournalReader.read(TestFiles.only(journals));
                assertThat(content.lastAttempt())
                        .contains(new JournalEntry.Attempt(documents.stem(), transcript.durationSeconds()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        archive.next(documents -> {
            look.take(documents);
            throw new KeyTakenException(documents.stem());
        });
        archive.next(look);

        await(queue(archive).store(transcript, journalOf(transcript)));

        assertThat(archive.stored).containsOnlyKeys(STEM + "_2");
    }

    @Test
    void says_of_a_name_whether_it_was_tried_before() throws Exception {
        archive.next(documents -> {
            assertThat(documents.triedBefore()).isFalse();
            throw new ArchiveException("no answer", true, null);
        });
        archive.next(documents -> {
            assertThat(documents.triedBefore()).isTrue();
            throw new KeyTakenException(documents.stem());
        });
        archive.next(documents -> assertThat(documents.triedBefore()).isFalse());

        await(queue(archive).store(transcript, journalOf(transcript)));

        assertThat(archive.tries).containsExactly(STEM, STEM, STEM + "_2");
    }

    @Test
    void recognises_its_own_when_the_answer_was_lost() throws Exception {
        archive.next(documents -> {
            archive.stored.put(documents.stem(), documents);
            throw new ArchiveException("connection reset", true, null);
        });

        assertThat(await(queue(archive).store(transcript, journalOf(transcript)))
                        .key())
                .isEqualTo(STEM + ".txt");

        assertThat(archive.stored).hasSize(1);
    }

    @Test
    void tells_nobody_of_a_fault_that_passes_in_time() throws Exception {
        archive.next(fails(true));
        archive.next(fails(true));
        await(queue(archive).store(transcript, journalOf(transcript)));

        assertThat(archive.tries).containsExactly(STEM, STEM, STEM);
    }

    @Test
    void says_delayed_and_goes_on_until_it_is_stored() throws Exception {
        archive.always(fails(true));
        ArchiveQueue queue = queue(archive, HASTY);

        assertThatThrownBy(() -> await(queue.store(transcript, journalOf(transcript))))
                .hasCauseInstanceOf(ArchiveDelayedException.class);
        assertThat(queue.status().waiting()).isEqualTo(1);
        assertThat(queue.status().last().orElseThrow().stored()).isFalse();
        assertThat(TestFiles.below(journals)).hasSize(1);

        archive.always(documents -> {});
        awaitNoJournal();
        assertThat(archive.text(STEM)).isEqualTo(PlainText.render(transcript));
        assertThat(archive.stored.get(STEM).documents().get(1).content()).isEqualTo(TranscriptJson.render(transcript));
        assertThat(queue.status().waiting()).isZero();
        assertThat(queue.status().last().orElseThrow().text()).isEqualTo("stored " + STEM + ".txt");
    }

    @Test
    void tells_nobody_of_a_fault_that_somebody_repairs_in_time() throws Exception {
        archive.next(fails(false));
        archive.next(fails(false));
        await(queue(archive).store(transcript, journalOf(transcript)));

        assertThat(archive.tries).containsExactly(STEM, STEM, STEM);
    }

    @Test
    void tries_less_often_once_it_said_delayed_and_somebody_has_to_repair_something() {
        Backoff never = new Backoff(Duration.ofHours(1), Duration.ofHours(1));
        ArchiveQueue queue = queue(archive, new ArchivePatience(Duration.ofMillis(100), QUICK, never));
        archive.always(fails(false));

        assertThatThrownBy(() -> await(queue.store(transcript, journalOf(transcript))))
                .hasCauseInstanceOf(ArchiveDelayedException.class);

        assertThat(archive.tries).hasSizeGreaterThan(1);
        assertThat(queue.status().waiting()).isEqualTo(1);
    }

    @Test
    void goes_on_after_a_fault_in_the_archive_itself() throws Exception {
        archive.next(documents -> {
            throw new IllegalStateException("a bug");
        });

        await(queue(archive).store(transcript, journalOf(transcript)));

        awaitNoJournal();
        assertThat(archive.stored).containsKey(STEM);
    }

    @Test
    void stores_from_memory_when_the_journal_is_broken() throws Exception {
        SessionJournal broken = journal.open(recording);
        SessionJournalTest.await(broken.append(transcript.segments().get(0)));
        Files.delete(TestFiles.only(journals));
        assertThat(broken.append(transcript.segments().get(1)).toCompletableFuture())
                .failsWithin(PATIENCE);
        for (int i = 0; i < 5; i++) {
            archive.next(fails(i % 2 == 0));
        }

        queue(archive).store(transcript, broken);

        Wait.until(PATIENCE, () -> "the transcript", () -> archive.stored.containsKey(STEM));
        assertThat(archive.text(STEM)).isEqualTo(PlainText.render(transcript));
    }

    @Test
    void leaves_the_journal_to_the_next_start_when_the_server_goes_down() throws Exception {
        SessionJournal left = journalOf(transcript);
        archive.always(fails(true));
        threads.schedule.shutdownNow();

        assertThatThrownBy(() -> await(queue(archive).store(transcript, left)))
                .hasCauseInstanceOf(ArchiveDelayedException.class);

        assertThat(TestFiles.below(journals)).hasSize(1);
    }

    @Test
    void tries_again_when_the_server_refuses_to_run_a_try() throws Exception {
        ArchiveQueue queue = new ArchiveQueue(archive, formats(), new RefusesOnce(), threads.schedule, HASTY);

        queue.store(transcript, journalOf(transcript));

        awaitNoJournal();
        assertThat(archive.stored).containsKey(STEM);
    }

    private final class RefusesOnce implements Executor {
        private boolean refused;

        @Override
        public synchronized void execute(Runnable task) {
            if (!refused) {
                refused = true;
                throw new RejectedExecutionException("busy");
            }
            threads.archive.execute(task);
        }
    }

    @Test
    void stores_late_when_the_folder_was_read_only_and_is_repaired() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 256)) {
            ArchiveQueue queue = queue(fileArchive(disk.root.resolve("transcripts")), HASTY);
            disk.readOnly(true);

            assertThatThrownBy(() -> await(queue.store(transcript, journalOf(transcript))))
                    .hasCauseInstanceOf(ArchiveDelayedException.class);
            assertThat(TestFiles.below(journals)).hasSize(1);

            disk.readOnly(false);
            awaitNoJournal();
            assertThat(TestFiles.below(disk.root)).contains("transcripts/" + STEM + ".txt");
        }
    }

    @Test
    void stores_late_when_a_file_was_in_the_place_of_the_folder() throws Exception {
        Path transcripts = folder.resolve("transcripts");
        ArchiveQueue queue = queue(fileArchive(transcripts), HASTY);
        Files.delete(transcripts);
        Files.writeString(transcripts, "in the way");

        assertThatThrownBy(() -> await(queue.store(transcript, journalOf(transcript))))
                .hasCauseInstanceOf(ArchiveDelayedException.class);

        Files.delete(transcripts);
        awaitNoJournal();
        assertThat(TestFiles.below(transcripts)).containsExactly(STEM + ".json", STEM + ".txt");
    }

    @Test
    void loses_nothing_when_the_disk_of_journal_and_archive_is_full_for_a_while() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 256)) {
            ArchiveQueue queue = queue(fileArchive(disk.root.resolve("transcripts")), HASTY);
            TranscriptJournal small = new TranscriptJournal(disk.root.resolve("journals"), threads.journal);
            disk.fill();
            assertThat(small.problem()).isPresent();
            SessionJournal full = small.open(recording);
            assertThat(full.append(transcript.segments().get(0)).toCompletableFuture())
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .withMessageContaining("No space");

            assertThatThrownBy(() -> await(queue.store(transcript, full)))
                    .hasCauseInstanceOf(ArchiveDelayedException.class);

            disk.makeRoom();
            Path text = disk.root.resolve("transcripts").resolve(STEM + ".txt");
            Wait.until(PATIENCE, () -> "the transcript", () -> queue.status().waiting() == 0);
            assertThat(text).hasContent(PlainText.render(transcript));
            assertThat(small.problem()).isEmpty();
        }
    }

    private SessionJournal journalOf(Transcript each) throws Exception {
        SessionJournal opened = journal.open(each.recording());
        for (var segment : each.segments()) {
            SessionJournalTest.await(opened.append(segment));
        }
        return opened;
    }

    private void awaitNoJournal() {
        Wait.until(PATIENCE, () -> "the journal to go", () -> TestFiles.below(journals)
                .isEmpty());
    }

    private ArchiveQueue queue(TranscriptArchive to) {
        return queue(to, PATIENT);
    }

    private ArchiveQueue queue(TranscriptArchive to, ArchivePatience patience) {
        return new ArchiveQueue(to, formats(), threads.archive, threads.schedule, patience);
    }

    private static DocumentFormats formats() {
        return new DocumentFormats(new Settings(key -> Optional.empty()));
    }

    static FileTranscriptArchive fileArchive(Path transcripts) {
        Map<String, String> settings = Map.of("ARCHIVE_DIR", transcripts.toString());
        return new FileTranscriptArchive(
                new ArchiveFolders(new Settings(key -> Optional.ofNullable(settings.get(key)))));
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
