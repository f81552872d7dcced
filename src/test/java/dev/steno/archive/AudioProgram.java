package dev.steno.archive;

import dev.steno.archive.s3.S3ArchiveUnderTest;
import dev.steno.configuration.Settings;
import dev.steno.spool.AudioSpools;
import dev.steno.transcript.Recording;
import dev.steno.transcript.SampleTranscripts;
import dev.steno.transcript.SessionId;
import dev.steno.transcript.Transcript;
import dev.steno.transcript.TranscriptSegment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Another process that records with audio and stores in S3, or recovers, for a test that kills it. */
final class AudioProgram implements AutoCloseable {
    /** More than a part of an upload: two of them. */
    static final int AUDIO_BYTES = 6 << 20;

    private static final int CHUNK = 32_000;

    private final Process process;
    private final BufferedReader output;

    private AudioProgram(Process process) {
        this.process = process;
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Says {@code <session id> <settled bytes>} of each position that is in the journal, and {@code done} at the end.
     */
    static AudioProgram record(Path journals, Map<String, String> settings, int recordings) throws IOException {
        return start("record", journals, settings, recordings);
    }

    /** Says {@code done} when all that it found is stored. */
    static AudioProgram recover(Path journals, Map<String, String> settings) throws IOException {
        return start("recover", journals, settings, 0);
    }

    private static AudioProgram start(String what, Path journals, Map<String, String> settings, int recordings)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx160m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                AudioProgram.class.getName(),
                what,
                journals.toString(),
                String.valueOf(recordings));
        builder.environment().putAll(settings);
        return new AudioProgram(
                builder.redirectError(ProcessBuilder.Redirect.DISCARD).start());
    }

    String readLine() throws IOException {
        return output.readLine();
    }

    /** As kill -9 does; the rest of its output can be read. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** What a recording sends. */
    static byte[] audio(SessionId id) {
        byte[] audio = new byte[AUDIO_BYTES];
        new Random(id.toString().hashCode()).nextBytes(audio);
        return audio;
    }

    public static void main(String[] arguments) throws Exception {
        Settings settings = new Settings(key -> Optional.ofNullable(System.getenv(key)));
        ExecutorService disk = Executors.newFixedThreadPool(2);
        ExecutorService network = Executors.newFixedThreadPool(4);
        ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor();
        try (S3ArchiveUnderTest s3 = new S3ArchiveUnderTest(System.getenv())) {
            TranscriptJournal journal =
                    new TranscriptJournal(Path.of(arguments[1]), disk, SharedJournals.NONE, new AudioSpools(settings));
            DocumentFormats formats = new DocumentFormats(settings);
            ArchiveQueue queue = new ArchiveQueue(s3.archive(), formats, network, schedule);
            if (arguments[0].equals("record")) {
                record(journal, queue, Integer.parseInt(arguments[2]));
            } else {
                new JournalRecovery(journal, queue, network, schedule)
                        .recover()
                        .toCompletableFuture()
                        .join();
            }
            journal.close();
            System.out.println("done");
        }
        disk.shutdownNow();
        network.shutdownNow();
        schedule.shutdownNow();
    }

    private static void record(TranscriptJournal journal, ArchiveQueue queue, int recordings) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        List<CompletableFuture<?>> stored = new ArrayList<>();
        for (int i = 0; i < recordings; i++) {
            Recording recording = SampleTranscripts.recording();
            byte[] audio = audio(recording.sessionId());
            SessionJournal live = journal.open(recording);
            SessionJournalTest.await(live.begin(Map.of(), List.of("token")));
            List<TranscriptSegment> segments = new ArrayList<>();
            for (int at = 0; at < audio.length; at += CHUNK) {
                int end = Math.min(at + CHUNK, audio.length);
                live.audio(at, Arrays.copyOfRange(audio, at, end));
                if (at % (20 * CHUNK) == 0) {
                    segments.add(
                            new TranscriptSegment(segments.size(), "said", at / 32_000.0, end / 32_000.0, List.of()));
                    SessionJournalTest.await(live.append(segments.get(segments.size() - 1), end));
                    out.println(recording.sessionId() + " " + end);
                }
            }
            Transcript transcript = new Transcript(recording, segments, audio.length / 32_000.0);
            stored.add(queue.store(transcript, live).toCompletableFuture());
        }
        CompletableFuture.allOf(stored.toArray(CompletableFuture<?>[]::new)).join();
    }
}
