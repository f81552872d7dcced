package dev.steno.archive;

import dev.steno.configuration.Settings;
import dev.steno.transcript.SampleTranscripts;
import dev.steno.transcript.SessionId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Another process on the same journal folder, for tests that kill it. */
final class JournalProgram implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private JournalProgram(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Keeps adding segments to five recordings until it is killed; says {@code <session id> <number>} after each. */
    static JournalProgram record(Path journals) throws IOException {
        return start("record", journals.toString());
    }

    /** Recovers what it finds and ends. */
    static void recover(Path journals, Path transcripts) throws IOException {
        try (JournalProgram program = start("recover", journals.toString(), transcripts.toString())) {
            program.readLine();
        }
    }

    /** The next thing it said; null once it is gone. */
    String readLine() throws IOException {
        return output.readLine();
    }

    /** As kill -9 does. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly(); // unlike the process' own method, it lets the rest of the output be read
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static JournalProgram start(String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                JournalProgram.class.getName());
        builder.command().addAll(List.of(arguments));
        return new JournalProgram(
                builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    public static void main(String[] arguments) throws Exception {
        Path journals = Path.of(arguments[1]);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        TranscriptJournal journal = new TranscriptJournal(journals, Runnable::run);
        if (arguments[0].equals("record")) {
            record(journal, out);
        } else {
            recover(journal, Path.of(arguments[2]));
            out.println("recovered");
        }
    }

    private static void record(TranscriptJournal journal, PrintStream out) throws Exception {
        List<SessionId> ids = List.of(
                SessionId.random(), SessionId.random(), SessionId.random(), SessionId.random(), SessionId.random());
        List<SessionJournal> recordings = ids.stream()
                .map(id -> journal.open(SampleTranscripts.recording(id)))
                .toList();
        for (int number = 0; ; number++) {
            for (int i = 0; i < ids.size(); i++) {
                SessionJournalTest.await(recordings.get(i).append(SampleTranscripts.segment(number)));
                out.println(ids.get(i) + " " + number);
            }
        }
    }

    private static void recover(TranscriptJournal journal, Path transcripts) throws Exception {
        ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor();
        try {
            ArchiveQueue queue = new ArchiveQueue(
                    ArchiveQueueTest.fileArchive(transcripts),
                    new DocumentFormats(new Settings(key -> Optional.empty())),
                    Runnable::run,
                    schedule);
            SessionJournalTest.await(new JournalRecovery(journal, queue, Runnable::run, schedule).recover());
        } finally {
            journal.close();
            schedule.shutdownNow();
        }
    }
}
