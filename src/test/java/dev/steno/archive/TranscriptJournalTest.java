package dev.steno.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.testing.Wait;
import dev.steno.transcript.Recording;
import dev.steno.transcript.SampleTranscripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TranscriptJournalTest {
    @RegisterExtension
    final TestThreads threads = new TestThreads();

    @TempDir
    private Path folder;

    @Test
    void sees_no_problem_and_leaves_nothing_behind_when_it_looks() {
        TranscriptJournal journal = new TranscriptJournal(folder, threads.journal);

        for (int i = 0; i < 100; i++) {
            assertThat(journal.problem()).isEmpty();
        }

        assertThat(TestFiles.below(folder)).isEmpty();
    }

    @Test
    void sees_a_disk_that_is_full_and_that_it_is_well_again() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 256)) {
            TranscriptJournal journal = new TranscriptJournal(disk.root.resolve("journals"), threads.journal);
            disk.fill();
            assertThat(journal.problem())
                    .hasValueSatisfying(text -> assertThat(text).contains("No space", "JOURNAL_DIR"));
            disk.makeRoom();
            assertThat(journal.problem()).isEmpty();
        }
    }

    @Test
    void makes_a_new_folder_for_the_next_recording_when_somebody_deleted_all() throws Exception {
        TranscriptJournal journal = new TranscriptJournal(folder.resolve("journals"), threads.journal);
        deleteAll(folder.resolve("journals"));

        SessionJournalTest.await(journal.open(SampleTranscripts.recording()).append(SampleTranscripts.segment(0)));

        assertThat(TestFiles.below(folder)).hasSize(1);
        assertThat(journal.problem()).isEmpty();
    }

    @Test
    void keeps_its_folder_private_and_removes_it_when_nothing_is_left_in_it() throws Exception {
        TranscriptJournal journal = new TranscriptJournal(folder.resolve("journals"), threads.journal);
        try (Stream<Path> made = Files.walk(folder.resolve("journals"))) {
            assertThat(made.filter(Files::isDirectory)).hasSize(2).allSatisfy(each -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                    .isEqualTo("rwx------"));
        }

        journal.close();
        journal.close();

        assertThat(folder.resolve("journals")).isEmptyDirectory();
    }

    /** A node that stood still lost the recording to another one, which dies: it comes back to this very process. */
    @Test
    void keeps_a_recording_that_came_back_apart_from_what_was_left_of_it() throws Exception {
        TranscriptJournal journal = new TranscriptJournal(folder.resolve("journals"), threads.journal);
        Recording recording = SampleTranscripts.recording();
        SessionJournal left = journal.open(recording);
        SessionJournalTest.await(left.append(SampleTranscripts.segment(0)));
        List<String> lines = Files.readAllLines(TestFiles.only(folder));

        TranscriptJournal.AdoptedJournal back =
                journal.adopt(new SharedJournals.TakenJournal(recording.sessionId(), lines, SharedJournal.NONE));
        SessionJournalTest.await(left.append(SampleTranscripts.segment(7)));
        left.abandon();
        SessionJournalTest.await(back.journal().append(SampleTranscripts.segment(1)));

        Wait.until(
                Duration.ofSeconds(5),
                () -> "one file",
                () -> TestFiles.below(folder).size() == 1);
        Path file = TestFiles.only(folder);
        assertThat(JournalReader.read(file).segments())
                .containsExactly(SampleTranscripts.segment(0), SampleTranscripts.segment(1));
        assertThat(JournalName.parse(file).orElseThrow().sessionId()).isEqualTo(recording.sessionId());
    }

    @Test
    void does_not_come_to_life_again_when_the_application_is_stopped() {
        TranscriptJournal journal = new TranscriptJournal(folder, threads.journal);
        journal.close();

        assertThat(journal.problem()).isPresent();

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void knows_how_much_all_journals_take() throws Exception {
        TranscriptJournal journal = new TranscriptJournal(folder.resolve("journals"), threads.journal);
        assertThat(journal.bytes()).isZero();
        SessionJournal one = journal.open(SampleTranscripts.recording());
        SessionJournalTest.await(one.append(SampleTranscripts.segment(0)));
        long small = journal.bytes();
        assertThat(small).isPositive();
        SessionJournal two = journal.open(SampleTranscripts.recording());
        SessionJournalTest.await(two.append(SampleTranscripts.segment(0)));
        assertThat(journal.bytes()).isEqualTo(2 * small);
        deleteAll(folder.resolve("journals"));
        assertThat(journal.bytes()).isZero();
    }

    private static void deleteAll(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
