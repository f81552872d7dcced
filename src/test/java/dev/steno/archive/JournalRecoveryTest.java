package dev.steno.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.configuration.Settings;
import dev.steno.spool.AudioSpools;
import dev.steno.testing.Wait;
import dev.steno.transcript.PlainText;
import dev.steno.transcript.Recording;
import dev.steno.transcript.SampleTranscripts;
import dev.steno.transcript.SessionId;
import dev.steno.transcript.Transcript;
import dev.steno.transcript.TranscriptSegment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class JournalRecoveryTest {
    private static final String STEM = "20241215_143022";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Backoff QUICK = new Backoff(Duration.ofMillis(2), Duration.ofMillis(20));

    @RegisterExtension
    final TestThreads threads = new TestThreads();

    /** Whatever is to be done later, to be done by the test. */
    private final ScheduledThreadPoolExecutor looks = new ScheduledThreadPoolExecutor(1);

    private final MemoryArchive archive = new MemoryArchive();
    private final Recording recording = SampleTranscripts.recording();

    @TempDir
    private Path journals;

    /** Of a process that is gone: nobody holds its lock. */
    private Path dead;

    @BeforeEach
    void leaveFolder() throws IOException {
        dead = Files.createDirectories(journals.resolve("process-" + UUID.randomUUID()));
    }

    @AfterEach
    void forgetLooks() {
        looks.shutdownNow();
    }

    @Test
    void archives_every_acknowledged_segment_of_a_process_that_was_killed() throws Exception {
        Map<String, Integer> acknowledged = new HashMap<>();
        try (JournalProgram program = JournalProgram.record(journals)) {
            for (int i = 0; i < 100; i++) {
                note(program.readLine(), acknowledged);
            }
            program.kill();
            for (String line = program.readLine(); line != null; line = program.readLine()) {
                note(line, acknowledged);
            }
        }

        recover();

        assertThat(archive.stored).hasSize(5);
        acknowledged.forEach(
                (id, last) -> assertThat(textOf(SessionId.parse(id)).lines())
                        .hasSizeGreaterThanOrEqualTo(last + 1)
                        .startsWith(
                                SampleTranscripts.segment(0).text(),
                                SampleTranscripts.segment(1).text())
                        .contains(SampleTranscripts.segment(last).text()));
        assertThat(processFolders()).isEmpty();
    }

    @Test
    void leaves_the_journals_of_a_live_process_alone() throws Exception {
        try (JournalProgram program = JournalProgram.record(journals)) {
            String line = program.readLine();

            recover();

            assertThat(line).isNotNull();
            assertThat(archive.stored).isEmpty();
            assertThat(processFolders()).hasSize(1);
            program.kill();
        }
        recover();
        assertThat(archive.stored).isNotEmpty();
    }

    /** Closing any channel on a lock's file would free the lock of the whole JVM: see ProcessLock. */
    @Test
    void leaves_live_journals_alone_after_a_second_deployment_in_the_same_process_looked_at_them() throws Exception {
        TranscriptJournal first = new TranscriptJournal(journals, threads.journal);
        SessionJournal live = first.open(recording);
        SessionJournalTest.await(live.append(SampleTranscripts.segment(0)));
        recover();
        Path transcripts = journals.resolve("transcripts");

        JournalProgram.recover(journals, transcripts);

        assertThat(TestFiles.below(transcripts)).isEmpty();
        SessionJournalTest.await(live.append(SampleTranscripts.segment(1)));
        first.close();
        JournalProgram.recover(journals, transcripts);
        assertThat(TestFiles.below(transcripts)).containsExactly(STEM + ".json", STEM + ".txt");
    }

    @Test
    void gives_each_journal_to_one_of_many_that_recover_at_once() throws Exception {
        for (int round = 0; round < 20; round++) {
            leaveFolder();
            List<Recording> recordings = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                recordings.add(SampleTranscripts.recording());
                leave(recordings.get(i), 2);
            }
            List<Future<?>> recoveries = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                recoveries.add(threads.archive.submit(() -> {
                    recover();
                    return null;
                }));
            }
            for (Future<?> recovery : recoveries) {
                recovery.get();
            }
            assertThat(archive.stored.values())
                    .extracting(TranscriptDocuments::sessionId)
                    .containsExactlyInAnyOrderElementsOf(
                            recordings.stream().map(Recording::sessionId).toList());
            assertThat(archive.tries.stream().distinct()).hasSameSizeAs(recordings);
            archive.stored.clear();
            archive.tries.clear();
        }
    }

    @Test
    void recognises_what_was_stored_before_the_process_died() throws Exception {
        Transcript transcript = leave(recording, 2);
        add(new JournalEntry.Attempt(STEM, 20), new JournalEntry.Attempt(STEM + "_2", 20));
        archive.stored.put(STEM, documents(SampleTranscripts.recording(), STEM));
        archive.stored.put(STEM + "_2", documents(recording, STEM + "_2"));

        recover();

        assertThat(archive.tries).containsExactly(STEM + "_2");
        assertThat(archive.stored).hasSize(2);
        assertThat(transcript.segments()).hasSize(2);
        assertThat(processFolders()).isEmpty();
    }

    @Test
    void takes_the_next_name_when_the_tried_one_went_to_another() throws Exception {
        leave(recording, 2);
        add(new JournalEntry.Attempt(STEM, 20));
        archive.stored.put(STEM, documents(SampleTranscripts.recording(), STEM));

        recover();

        assertThat(archive.owner(STEM + "_2")).isEqualTo(recording.sessionId());
    }

    @Test
    void begins_anew_when_the_tried_name_belongs_to_another_archive() throws Exception {
        leave(recording, 2);
        add(new JournalEntry.Attempt("team/" + STEM, 20));

        recover();

        assertThat(archive.stored).containsOnlyKeys(STEM);
    }

    @Test
    void keeps_the_length_of_the_audio_when_the_recording_was_stopped_before_the_crash() throws Exception {
        leave(recording, 2);
        add(new JournalEntry.Attempt(STEM, 61.25));

        recover();

        assertThat(archive.stored.get(STEM).documents().get(1).content()).contains("\"duration\":61.25");
    }

    @Test
    void archives_what_is_readable_and_keeps_the_damaged_file() throws Exception {
        leave(recording, 3);
        byte[] damaged = Files.readAllBytes(file());
        damaged[damaged.length - 40] ^= 1;
        Files.write(file(), damaged);

        recover();

        assertThat(archive.text(STEM)).isEqualTo(PlainText.render(SampleTranscripts.transcript(recording, 2)));
        Path kept = TestFiles.only(journals);
        assertThat(kept.toString()).endsWith(JournalName.of(recording)).contains("unreadable");
        assertThat(Files.readAllBytes(kept)).startsWith(damaged);
        recover();
        assertThat(archive.stored).hasSize(1);
    }

    @Test
    void writes_the_name_on_a_line_of_its_own_when_the_last_line_was_torn() throws Exception {
        leave(recording, 3);
        byte[] torn = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(torn, torn.length - 10));

        recover();

        JournalContent content = JournalReader.read(TestFiles.only(journals));
        assertThat(content.segments()).hasSize(2);
        assertThat(content.lastAttempt())
                .hasValueSatisfying(last -> assertThat(last.stem()).isEqualTo(STEM));
    }

    @Test
    void keeps_files_that_are_no_journals_and_removes_those_that_hold_nothing() throws Exception {
        Files.writeString(dead.resolve("notes.txt"), "keep me\n");
        Files.write(dead.resolve("image.journal"), new byte[] {0, 1, 2, (byte) 0xff});
        Files.createFile(dead.resolve(JournalName.of(recording)));
        Files.createFile(dead.resolve(TranscriptJournal.PROBE));
        Files.write(
                dead.resolve(JournalName.of(SampleTranscripts.recording())),
                JournalLine.encode(new JournalEntry.Header(recording)));
        Files.createDirectories(dead.resolve("folder"));

        recover();

        assertThat(archive.stored).isEmpty();
        assertThat(TestFiles.below(journals)).hasSize(2).allMatch(name -> name.startsWith("unreadable"));
        assertThat(processFolders()).isEmpty();
    }

    @Test
    void follows_no_link_to_the_files_of_others() throws Exception {
        Path precious = Files.writeString(
                Files.createDirectory(journals.resolve("others")).resolve("precious.txt"), "x");
        Path link = journals.resolve("process-" + UUID.randomUUID());
        Files.createSymbolicLink(link, precious.getParent());
        Files.createSymbolicLink(dead.resolve("linked.journal"), precious);

        recover();

        assertThat(precious).hasContent("x");
        assertThat(link).isSymbolicLink();
        assertThat(archive.stored).isEmpty();
    }

    /** No archive has a name for it: it would be tried again by each start. */
    @Test
    void sets_a_recording_aside_that_can_never_be_stored() throws Exception {
        Recording distant = new Recording(
                recording.sessionId(),
                Instant.parse("+12024-12-15T14:30:22Z"),
                recording.engine(),
                recording.languageCode());
        leave(distant, 1);

        recover();

        assertThat(archive.stored).isEmpty();
        assertThat(processFolders()).isEmpty();
        assertThat(TestFiles.below(journals.resolve("unreadable"))).hasSize(1);
    }

    /** A bucket that hangs: transcripts that wait are on disk, and in memory only where a thread is at work on one. */
    @Test
    void holds_no_more_transcripts_than_it_has_threads_while_the_archive_hangs() throws Exception {
        int journalsLeft = 100;
        for (int i = 0; i < journalsLeft; i++) {
            leave(SampleTranscripts.recording(), 3);
        }
        CountDownLatch answer = new CountDownLatch(1);
        archive.always(documents -> awaitQuietly(answer));
        ExecutorService pool = Executors.newFixedThreadPool(8);
        TranscriptJournal journal = new TranscriptJournal(journals, threads.journal);
        try {
            CompletableFuture<Void> recovered =
                    recovery(journal, pool).recover().toCompletableFuture();
            Wait.until(PATIENCE, () -> "all threads at work", () -> attempted() == 8);
            pool.submit(() -> {}).cancel(false); // the queue is behind what waits
            assertThat(attempted()).isEqualTo(8);
            answer.countDown();
            assertThat(recovered).succeedsWithin(PATIENCE);
            assertThat(archive.stored).hasSize(journalsLeft);
        } finally {
            answer.countDown();
            pool.shutdownNow();
            journal.close();
        }
    }

    /** Journals whose transcript was read and named. */
    private long attempted() {
        return TestFiles.below(dead).stream()
                .filter(name -> {
                    try {
                        return JournalReader.read(dead.resolve(name))
                                .lastAttempt()
                                .isPresent();
                    } catch (IOException e) {
                        return false;
                    }
                })
                .count();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void goes_on_until_the_archive_takes_what_was_found() throws Exception {
        leave(recording, 2);
        archive.always(MemoryArchive.fails(true));
        TranscriptJournal journal = new TranscriptJournal(journals, threads.journal);
        CompletionStage<Void> recovery = recovery(journal).recover();
        Wait.until(PATIENCE, () -> "a few tries", () -> archive.tries.size() > 3);
        assertThat(file()).exists();

        archive.always(documents -> {});

        assertThat(recovery.toCompletableFuture()).succeedsWithin(PATIENCE);
        assertThat(archive.text(STEM)).isEqualTo(PlainText.render(SampleTranscripts.transcript(recording, 2)));
        journal.close();
        assertThat(processFolders()).isEmpty();
    }

    @Test
    void looks_when_the_deployment_is_over_and_again_in_case_the_server_lost_the_first_look() throws Exception {
        leave(recording, 2);
        TranscriptJournal journal = new TranscriptJournal(journals, threads.journal);

        recovery(journal).begin(Duration.ZERO, () -> true);

        assertThat(looks.getQueue()).hasSize(2).allSatisfy(look -> assertThat(
                        ((Delayed) look).getDelay(TimeUnit.SECONDS))
                .isGreaterThan(5));
        List.copyOf(looks.getQueue()).get(1).run();
        Wait.until(PATIENCE, () -> "the transcript", () -> archive.stored.containsKey(STEM));
        journal.close();
    }

    @Test
    void passes_over_what_is_being_recovered_already() throws Exception {
        leave(recording, 2);
        archive.always(MemoryArchive.fails(true));
        TranscriptJournal journal = new TranscriptJournal(journals, threads.journal);
        JournalRecovery recovery = recovery(journal);
        CompletionStage<Void> first = recovery.recover();
        Wait.until(PATIENCE, () -> "a try", () -> !archive.tries.isEmpty());

        assertThat(recovery.recover().toCompletableFuture()).succeedsWithin(PATIENCE);

        assertThat(first.toCompletableFuture()).isNotDone();
        archive.always(documents -> {});
        assertThat(first.toCompletableFuture()).succeedsWithin(PATIENCE);
        assertThat(archive.stored).containsOnlyKeys(STEM);
        journal.close();
    }

    @Test
    void asks_the_cluster_until_it_knows_who_sees_to_a_recording() throws Exception {
        Cluster cluster = new Cluster();
        TranscriptJournal journal = journal(cluster);
        JournalRecovery recovery = recovery(journal);
        leave(recording, 2);
        Recording other = SampleTranscripts.recording();
        leave(other, 2);
        assertThat(recovery.recover().toCompletableFuture()).succeedsWithin(PATIENCE);

        runLater(2);
        Wait.until(PATIENCE, () -> "the next question", () -> cluster.asked.get() == 4);
        assertThat(archive.tries).isEmpty();

        cluster.elsewhere.add(other.sessionId());
        cluster.answers = true;
        runLater(2);
        Wait.until(PATIENCE, () -> "the transcript", () -> archive.stored.containsKey(STEM));
        Wait.until(PATIENCE, () -> "no file", () -> journalFiles().isEmpty());
        assertThat(archive.stored).hasSize(1);
        assertThat(textOf(recording.sessionId()).lines()).hasSize(2);
        journal.close();
    }

    @Test
    void asks_the_cluster_once_more_when_the_client_did_not_return() throws Exception {
        Cluster cluster = new Cluster();
        TranscriptJournal journal = journal(cluster);
        JournalRecovery recovery = recovery(journal);
        recovery.begin(Duration.ofMinutes(1), () -> true);
        looks.getQueue().clear();
        leave(recording, 2);
        add(new JournalEntry.Origin(Map.of()), new JournalEntry.Tokens(List.of("token")));
        assertThat(recovery.recover().toCompletableFuture()).succeedsWithin(PATIENCE);
        assertThat(journalFiles()).hasSize(1);

        cluster.answers = true;
        cluster.elsewhere.add(recording.sessionId());
        runLater(1);
        Wait.until(PATIENCE, () -> "no file", () -> journalFiles().isEmpty());
        assertThat(archive.tries).isEmpty();
        journal.close();
    }

    private TranscriptJournal journal(SharedJournals shared) {
        return new TranscriptJournal(journals, threads.journal, shared, AudioSpools.off());
    }

    /** Runs what waits for its time. */
    private void runLater(int tasks) {
        Wait.until(PATIENCE, () -> tasks + " tasks", () -> looks.getQueue().size() == tasks);
        List<Runnable> due = List.copyOf(looks.getQueue());
        looks.getQueue().clear();
        due.forEach(Runnable::run);
    }

    private List<String> journalFiles() {
        return TestFiles.below(journals).stream()
                .filter(name -> name.endsWith(".journal"))
                .toList();
    }

    /** Answers as it is told to. */
    private static final class Cluster extends NoSharedJournals {
        private final AtomicInteger asked = new AtomicInteger();
        private final Set<SessionId> elsewhere = ConcurrentHashMap.newKeySet();
        private volatile boolean answers;

        @Override
        public boolean shared() {
            return true;
        }

        @Override
        public CompletionStage<Whereabouts> whereabouts(SessionId id, List<String> lines) {
            asked.incrementAndGet();
            Whereabouts known = elsewhere.contains(id) ? Whereabouts.ELSEWHERE : Whereabouts.NOWHERE;
            return CompletableFuture.completedStage(answers ? known : Whereabouts.NOT_KNOWN);
        }
    }

    private void recover() throws Exception {
        TranscriptJournal journal = new TranscriptJournal(journals, threads.journal);
        try {
            assertThat(recovery(journal).recover().toCompletableFuture()).succeedsWithin(PATIENCE);
        } finally {
            journal.close();
        }
    }

    private JournalRecovery recovery(TranscriptJournal journal) {
        return recovery(journal, threads.archive);
    }

    private JournalRecovery recovery(TranscriptJournal journal, ExecutorService pool) {
        ArchiveQueue queue = new ArchiveQueue(
                archive,
                new DocumentFormats(new Settings(key -> Optional.empty())),
                pool,
                threads.schedule,
                new ArchivePatience(Duration.ofMillis(100), QUICK, QUICK));
        return new JournalRecovery(journal, queue, pool, looks);
    }

    private Transcript leave(Recording of, int segments) throws IOException {
        Transcript transcript = SampleTranscripts.transcript(of, segments);
        Path file = dead.resolve(JournalName.of(of));
        Files.write(file, JournalLine.encode(new JournalEntry.Header(of)));
        for (TranscriptSegment segment : transcript.segments()) {
            Files.write(file, JournalLine.encode(new JournalEntry.Segment(segment)), StandardOpenOption.APPEND);
        }
        return transcript;
    }

    private void add(JournalEntry... entries) throws IOException {
        for (JournalEntry entry : entries) {
            Files.write(file(), JournalLine.encode(entry), StandardOpenOption.APPEND);
        }
    }

    private Path file() {
        return dead.resolve(JournalName.of(recording));
    }

    private static TranscriptDocuments documents(Recording of, String stem) {
        return new TranscriptDocuments(of.sessionId(), stem, false, List.of());
    }

    private String textOf(SessionId id) {
        return archive.stored.values().stream()
                .filter(documents -> documents.sessionId().equals(id))
                .map(documents -> documents.documents().get(0).content())
                .findFirst()
                .orElseThrow();
    }

    private List<Path> processFolders() throws IOException {
        try (var folders = Files.newDirectoryStream(journals, "process-*")) {
            List<Path> found = new ArrayList<>();
            folders.forEach(found::add);
            found.removeIf(Files::isRegularFile);
            return found;
        }
    }

    private static void note(String line, Map<String, Integer> acknowledged) {
        String[] parts = line.split(" ", -1);
        if (parts.length == 2 && !parts[1].isEmpty()) { // the last line may be cut
            acknowledged.put(parts[0], Integer.valueOf(parts[1]));
        }
    }
}
