package dev.steno.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.configuration.Settings;
import dev.steno.spool.AudioSpools;
import dev.steno.transcript.Recording;
import dev.steno.transcript.SampleTranscripts;
import dev.steno.transcript.Transcript;
import dev.steno.transcript.TranscriptSegment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Audio beside the journal: what the journal keeps, the audio keeps. */
class JournalledAudioTest {
    private static final int SECOND = 32_000;
    private static final Duration WINDOW = Duration.ofSeconds(30);
    private static final String TOKEN = "hash of a token";

    @RegisterExtension
    final TestThreads threads = new TestThreads();

    private final byte[] audio = new byte[10 * SECOND];
    private final Recording recording = SampleTranscripts.recording();

    @TempDir
    private Path folder;

    private Path journals;
    private TranscriptJournal journal;

    @BeforeEach
    void begin() {
        new Random(1).nextBytes(audio);
        journals = folder.resolve("journals");
        journal = journal("wav");
    }

    @Test
    void is_stored_with_the_transcript_and_leaves_the_journal_with_it() throws Exception {
        SessionJournal live = begun(Map.of());
        send(live, 0, 3 * SECOND);
        await(live.append(said(0, 0, 3)));

        StoredTranscript stored = store(live, 3);

        assertThat(pcm(stored)).isEqualTo(audio(0, 3 * SECOND));
        assertThat(Files.readString(Path.of(stored.location().replace(".txt", ".json"))))
                .contains("\"audio\":{\"format\":\"wav\"");
        await(live.settled());
        assertThat(journals.resolve("audio")).isEmptyDirectory();
    }

    @Test
    void is_on_disk_before_what_it_settles_is_in_the_journal() throws Exception {
        SessionJournal live = begun(Map.of());
        send(live, 0, SECOND); // less than what is written by itself

        await(live.append(said(0, 0, 1), SECOND));

        assertThat(Files.size(spooled())).isEqualTo(44 + SECOND);
    }

    @Test
    void goes_on_where_the_client_resumes_after_a_crash() throws Exception {
        SessionJournal live = begun(Map.of());
        send(live, 0, 2 * SECOND);
        await(live.append(said(0, 0, 2), 2 * SECOND));
        send(live, 2 * SECOND, 8 * SECOND); // in the file, but never settled
        await(live.tokens(List.of(TOKEN)));
        crash();

        RestorableRecording restored = take();
        assertThat(restored.settledBytes()).isEqualTo(2 * SECOND);
        send(restored.journal(), 2 * SECOND, 5 * SECOND);
        await(restored.journal().append(said(1, 2, 5), 5 * SECOND));

        assertThat(pcm(store(restored.journal(), 5))).isEqualTo(audio(0, 5 * SECOND));
    }

    @Test
    void ends_where_the_journal_ends_if_nobody_resumes() throws Exception {
        SessionJournal live = begun(Map.of());
        send(live, 0, 4 * SECOND);
        await(live.append(said(0, 0, 2), 2 * SECOND));
        await(live.settle(3 * SECOND));
        await(live.tokens(List.of(TOKEN)));
        crash();

        recover();

        assertThat(pcm(onlyStored())).isEqualTo(audio(0, 3 * SECOND));
    }

    @Test
    void is_whole_when_the_process_died_after_the_stop() throws Exception {
        SessionJournal live = begun(Map.of());
        send(live, 0, 4 * SECOND);
        await(live.append(said(0, 0, 2), 2 * SECOND));
        await(live.write(new JournalEntry.Attempt("20241215_143022", 4)));
        crash();

        recover();

        assertThat(pcm(onlyStored())).isEqualTo(audio(0, 4 * SECOND));
    }

    @Test
    void is_deleted_with_a_recording_of_which_nothing_is_archived() throws Exception {
        SessionJournal live = begun(Map.of());
        send(live, 0, 4 * SECOND);
        await(live.settle(SECOND));
        crash();

        recover();

        assertThat(journals.resolve("audio")).isEmptyDirectory();
    }

    @Test
    void is_deleted_when_somebody_deleted_its_journal_but_not_at_once() throws Exception {
        SessionJournal live = begun(Map.of());
        send(live, 0, 4 * SECOND);
        await(live.settle(SECOND));

        journal.deleteLeftAudio(Instant.now().plus(Duration.ofDays(2)));
        assertThat(spooled()).exists();
        Files.delete(journals.resolve(TestFiles.below(journals).stream()
                .filter(name -> name.endsWith(".journal"))
                .findFirst()
                .orElseThrow()));
        journal.deleteLeftAudio(Instant.now());
        assertThat(spooled()).exists();
        journal.deleteLeftAudio(Instant.now().plus(Duration.ofDays(2)));
        assertThat(spooled()).doesNotExist();
    }

    @Test
    void is_not_kept_of_words_that_are_redacted_or_not_archived() throws Exception {
        for (Map<String, String> options :
                List.of(Map.of("content_redaction_type", "PII"), Map.of(OriginOptions.STORE, "false"))) {
            SessionJournal live = journal.open(SampleTranscripts.recording());
            await(live.begin(options, List.of(TOKEN)));
            send(live, 0, 4 * SECOND);
            await(live.settle(SECOND));
            assertThat(live.finishAudio()).isEmpty();
        }
        assertThat(journals.resolve("audio")).doesNotExist();
    }

    @Test
    void is_forgotten_when_the_server_starts_without_it() throws Exception {
        SessionJournal live = begun(Map.of());
        send(live, 0, 4 * SECOND);
        await(live.append(said(0, 0, 2), 2 * SECOND));
        crash();
        journal.close();
        journal = journal("off");

        recover();

        assertThat(Path.of(onlyStored().location().replace(".txt", ".wav"))).doesNotExist();
        assertThat(journals.resolve("audio")).isEmptyDirectory();
    }

    @Test
    void harms_no_transcript_when_the_disk_is_full() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 1024)) {
            journals = disk.root.resolve("journals");
            journal.close();
            journal = journal("wav"); // the disk has less than what is left to journals
            SessionJournal live = begun(Map.of());
            send(live, 0, 10 * SECOND);

            await(live.append(said(0, 0, 2), 2 * SECOND));

            assertThat(live.finishAudio()).isEmpty();
            assertThat(live.sound()).isTrue();
            assertThat(journal.audio().dropped()).isEqualTo(1);
            StoredTranscript stored = store(live, 10);
            assertThat(Path.of(stored.location())).exists();
            assertThat(Files.readString(Path.of(stored.location().replace(".txt", ".json"))))
                    .doesNotContain("\"audio\"");
        }
    }

    private TranscriptJournal journal(String audioKept) {
        Settings settings =
                new Settings(key -> key.equals("ARCHIVE_AUDIO") ? Optional.of(audioKept) : Optional.empty());
        return new TranscriptJournal(journals, threads.journal, SharedJournals.NONE, new AudioSpools(settings));
    }

    private SessionJournal begun(Map<String, String> options) throws Exception {
        SessionJournal live = journal.open(recording);
        await(live.begin(options, List.of(TOKEN)));
        return live;
    }

    private void send(SessionJournal to, int from, int until) {
        for (int at = from; at < until; at += 3_200) {
            to.audio(at, audio(at, Math.min(at + 3_200, until)));
        }
    }

    private byte[] audio(int from, int until) {
        return Arrays.copyOfRange(audio, from, until);
    }

    private static TranscriptSegment said(int number, double start, double end) {
        return new TranscriptSegment(number, "said " + number, start, end, List.of());
    }

    /** Its lock is free, as of a process that is gone. */
    private void crash() throws Exception {
        journal.close();
        journal = journal("wav");
    }

    private RestorableRecording take() throws Exception {
        JournalRecovery recovery = recovery();
        recovery.begin(WINDOW, () -> true);
        return recovery.take(TOKEN, "")
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .orElseThrow();
    }

    private void recover() throws Exception {
        recovery().recover().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private JournalRecovery recovery() {
        return new JournalRecovery(journal, queue(), threads.journal, threads.schedule);
    }

    private ArchiveQueue queue() {
        return new ArchiveQueue(
                ArchiveQueueTest.fileArchive(folder.resolve("transcripts")),
                new DocumentFormats(new Settings(key -> Optional.empty())),
                threads.archive,
                threads.schedule);
    }

    private StoredTranscript store(SessionJournal from, double seconds) throws Exception {
        Transcript transcript = new Transcript(recording, List.of(said(0, 0, seconds)), seconds);
        return queue().store(transcript, from).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private StoredTranscript onlyStored() throws IOException {
        String name = TestFiles.below(folder.resolve("transcripts")).stream()
                .filter(file -> file.endsWith(".txt"))
                .findFirst()
                .orElseThrow();
        return new StoredTranscript(
                name, folder.resolve("transcripts").resolve(name).toString());
    }

    private static byte[] pcm(StoredTranscript stored) throws IOException {
        byte[] wav = Files.readAllBytes(Path.of(stored.location().replace(".txt", ".wav")));
        return Arrays.copyOfRange(wav, 44, wav.length);
    }

    private Path spooled() {
        return journals.resolve("audio").resolve(recording.sessionId() + ".wav");
    }

    private static void await(java.util.concurrent.CompletionStage<Void> stage) throws Exception {
        SessionJournalTest.await(stage);
    }
}
