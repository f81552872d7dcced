package dev.steno.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.archive.s3.S3ArchiveUnderTest;
import dev.steno.configuration.Settings;
import dev.steno.testing.Wait;
import dev.steno.testing.s3.Fault;
import dev.steno.testing.s3.S3Server;
import dev.steno.transcript.PlainText;
import dev.steno.transcript.Recording;
import dev.steno.transcript.SampleTranscripts;
import dev.steno.transcript.Transcript;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Journal, queue and S3 together: what an outage of the bucket, and a crash in it, leave behind. */
class S3OutageTest {
    private static final String STEM = "20241215_143022";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Backoff QUICK = new Backoff(Duration.ofMillis(10), Duration.ofMillis(100));
    private static final ArchivePatience HASTY = new ArchivePatience(Duration.ofSeconds(3), QUICK, QUICK);

    @RegisterExtension
    final TestThreads threads = new TestThreads();

    private final DocumentFormats formats = new DocumentFormats(new Settings(key -> Optional.empty()));
    private final S3Server s3 = S3Server.start();
    private final S3ArchiveUnderTest underTest = new S3ArchiveUnderTest(s3, Map.of());
    private final ArchiveQueue queue =
            new ArchiveQueue(underTest.archive(), formats, threads.archive, threads.schedule, HASTY);

    @TempDir
    private Path folder;

    private TranscriptJournal journal;

    @BeforeEach
    void open() {
        journal = new TranscriptJournal(folder, threads.journal);
    }

    @AfterEach
    void close() {
        underTest.close();
        s3.close();
    }

    @Test
    void stores_twenty_recordings_of_one_second_under_twenty_names() throws Exception {
        for (int i = 0; i < 20; i++) {
            store(transcript());
        }

        Wait.until(PATIENCE, () -> "the queue to be empty", () -> queue.status().waiting() == 0);
        awaitNoJournal();
        assertThat(s3.keys()).hasSize(40).contains(STEM + ".txt", STEM + "_2.txt", STEM + "_20.json");
    }

    @Test
    void says_that_it_is_delayed_when_s3_is_down_and_stores_when_it_is_up() throws Exception {
        s3.down();
        Transcript transcript = transcript();
        CompletionStage<StoredTranscript> stored = store(transcript);

        assertDelayed(stored, "No connection to S3");
        assertThat(TestFiles.below(folder)).hasSize(1);
        s3.up();

        awaitNoJournal();
        assertOnlyStored(transcript);
    }

    @Test
    void says_what_is_missing_when_s3_refuses_and_stores_once_it_is_repaired() throws Exception {
        s3.always(Fault.DENIED);
        Transcript transcript = transcript();

        assertDelayed(store(transcript), "s3:PutObject");
        s3.heal();

        awaitNoJournal();
        assertOnlyStored(transcript);
    }

    @Test
    void stores_once_when_answers_are_lost_for_a_while() throws Exception {
        s3.always(Fault.LOST_RESPONSE);
        Transcript transcript = transcript();

        assertDelayed(store(transcript), "No connection to S3");
        s3.heal();

        awaitNoJournal();
        assertOnlyStored(transcript);
    }

    /** As after kill -9 between the put and the end of the journal: the next process finds name and object. */
    @Test
    void recognises_after_a_crash_what_it_had_stored() throws Exception {
        Transcript transcript = transcript();
        SessionJournal left = journalOf(transcript);
        await(left.write(new JournalEntry.Attempt(STEM, transcript.durationSeconds())));
        underTest
                .archive()
                .store(new TranscriptDocuments(
                        transcript.recording().sessionId(), STEM, false, formats.render(transcript)));

        await(queue.recover(journal.existing(TestFiles.only(folder)), "left"));

        awaitNoJournal();
        assertOnlyStored(transcript);
    }

    @Test
    void takes_the_next_name_after_a_crash_when_another_recording_has_the_one_it_had_tried() throws Exception {
        Transcript other = transcript();
        await(store(other));
        awaitNoJournal();
        Transcript transcript = transcript();
        await(journalOf(transcript).write(new JournalEntry.Attempt(STEM, transcript.durationSeconds())));

        await(queue.recover(journal.existing(TestFiles.only(folder)), "left"));

        assertThat(s3.keys())
                .containsExactlyInAnyOrder(STEM + ".txt", STEM + ".json", STEM + "_2.txt", STEM + "_2.json");
        assertThat(s3.text(STEM + "_2.json")).hasValueSatisfying(json -> assertThat(json)
                .contains(transcript.recording().sessionId().toString()));
    }

    private void assertDelayed(CompletionStage<StoredTranscript> stored, String reason) {
        assertThatThrownBy(() -> await(stored))
                .hasCauseInstanceOf(ArchiveDelayedException.class)
                .hasStackTraceContaining(reason);
    }

    private void assertOnlyStored(Transcript transcript) {
        assertThat(s3.keys()).containsExactlyInAnyOrder(STEM + ".txt", STEM + ".json");
        assertThat(s3.text(STEM + ".txt")).contains(PlainText.render(transcript));
    }

    private static Transcript transcript() {
        return SampleTranscripts.transcript(SampleTranscripts.recording(), 3);
    }

    private CompletionStage<StoredTranscript> store(Transcript transcript) throws Exception {
        return queue.store(transcript, journalOf(transcript));
    }

    private SessionJournal journalOf(Transcript transcript) throws Exception {
        Recording recording = transcript.recording();
        SessionJournal written = journal.open(recording);
        for (var segment : transcript.segments()) {
            await(written.append(segment));
        }
        return written;
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private void awaitNoJournal() {
        Wait.until(PATIENCE, () -> "the journal to go", () -> TestFiles.below(folder)
                .isEmpty());
    }
}
