package dev.steno.archive;

import dev.steno.archive.file.FolderUnderTest;
import dev.steno.configuration.Settings;
import dev.steno.transcript.Recording;
import dev.steno.transcript.SampleTranscripts;
import dev.steno.transcript.SessionId;
import dev.steno.transcript.Transcript;
import dev.steno.transcript.TranscriptSegment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A real archive folder for tests of other packages, with transcripts of a few words. */
public final class TestTranscripts {
    private final Path folder;
    private final FolderUnderTest archive;

    public TestTranscripts(Path folder) {
        this.folder = folder;
        archive = new FolderUnderTest(folder);
    }

    public ArchivedTranscripts transcripts() {
        return archive.transcripts();
    }

    /** As text and JSON, a segment for each text. */
    public void store(String stem, String owner, String... texts) throws ArchiveException {
        Recording recording = new Recording(
                SessionId.random(),
                SampleTranscripts.STARTED_AT,
                "sphinx",
                "en-US",
                Optional.of(owner),
                Optional.empty());
        List<TranscriptSegment> segments = new ArrayList<>();
        for (String text : texts) {
            segments.add(SampleTranscripts.timed(segments.size(), segments.size() * 10, text));
        }
        Transcript transcript = new Transcript(recording, segments, segments.size() * 10);
        DocumentFormats formats = new DocumentFormats(new Settings(key -> Optional.empty()));
        archive.archive()
                .store(new TranscriptDocuments(recording.sessionId(), stem, false, formats.render(transcript)));
    }

    public void delete(String stem) throws ArchiveException {
        transcripts().delete(TranscriptStem.parse(stem).orElseThrow());
    }

    /** Stores something by other means. */
    public void place(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    public String read(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }
}
