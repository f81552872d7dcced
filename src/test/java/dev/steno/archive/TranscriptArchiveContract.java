package dev.steno.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.configuration.Settings;
import dev.steno.spool.WavFile;
import dev.steno.spool.WavHeader;
import dev.steno.transcript.PlainText;
import dev.steno.transcript.SampleTranscripts;
import dev.steno.transcript.SessionId;
import dev.steno.transcript.Transcript;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link TranscriptArchive} must do. */
public abstract class TranscriptArchiveContract {
    private static final String STEM = "20241215_143022";

    /** Where audio comes from: as deployed by default, on one file system with the archive. */
    @TempDir
    protected Path spool;

    private final Transcript transcript = SampleTranscripts.transcript(SampleTranscripts.recording(), 3);

    /** The archive, empty at the beginning of each test. */
    protected abstract TranscriptArchive archive();

    /** The same archive, to be read. */
    protected abstract ArchivedTranscripts transcripts();

    /** What is stored under a key, as UTF-8; empty if there is nothing. */
    protected abstract Optional<String> stored(String key) throws Exception;

    /** Stores something by other means. */
    protected abstract void place(String key, String content) throws Exception;

    @Test
    void stores_every_document_under_the_stem() throws Exception {
        StoredTranscript stored = archive().store(documents(transcript, STEM, false, "txt,json,vtt,srt"));

        assertThat(stored.key()).isEqualTo(archive().keyPrefix() + STEM + ".txt");
        assertThat(stored.location()).endsWith(stored.key());
        assertThat(stored(stored.key())).contains(PlainText.render(transcript));
        for (String extension : List.of("json", "vtt", "srt")) {
            assertThat(stored(archive().keyPrefix() + STEM + "." + extension)).isPresent();
        }
    }

    @Test
    void refuses_a_stem_that_another_recording_has_and_leaves_that_alone() throws Exception {
        archive().store(documents(transcript, STEM, false, "txt,json"));
        Optional<String> before = stored(archive().keyPrefix() + STEM + ".json");
        Transcript sameWords = SampleTranscripts.transcript(SampleTranscripts.recording(), 3);

        for (boolean triedBefore : new boolean[] {false, true}) {
            assertThatThrownBy(() -> archive().store(documents(sameWords, STEM, triedBefore, "txt,json")))
                    .isInstanceOf(KeyTakenException.class);
        }

        assertThat(stored(archive().keyPrefix() + STEM + ".json")).isEqualTo(before);
    }

    @Test
    void recognises_its_own_when_the_answer_of_an_earlier_try_was_lost() throws Exception {
        StoredTranscript first = archive().store(documents(transcript, STEM, false, "txt,json"));

        assertThat(archive().store(documents(transcript, STEM, true, "txt,json")))
                .isEqualTo(first);
    }

    @Test
    void completes_its_own_when_an_earlier_try_stored_only_the_text() throws Exception {
        archive().store(documents(transcript, STEM, false, "txt"));

        archive().store(documents(transcript, STEM, true, "txt,json,vtt"));

        assertThat(stored(archive().keyPrefix() + STEM + ".json")).isPresent();
        assertThat(stored(archive().keyPrefix() + STEM + ".vtt")).isPresent();
    }

    @Test
    void gives_each_of_twenty_recordings_of_one_second_a_name_of_its_own_and_tears_none() throws Exception {
        List<Transcript> transcripts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            transcripts.add(SampleTranscripts.transcript(SampleTranscripts.recording(), 200));
        }

        List<String> keys = storeAtOnce(transcripts);

        assertThat(keys).doesNotHaveDuplicates().hasSize(20);
        for (int i = 0; i < 20; i++) {
            String json = stored(keys.get(i).replace(".txt", ".json")).orElseThrow();
            SessionId id = transcripts.get(i).recording().sessionId();
            assertThat(TranscriptJson.sessionId(json)).contains(id);
            assertThat(stored(keys.get(i))).contains(PlainText.render(transcripts.get(i)));
        }
    }

    @Test
    void lists_the_newest_first_and_goes_on_behind_any_of_them() throws Exception {
        List<String> stems = List.of(
                "20260101_000000_10",
                "20260101_000000_9",
                "20260101_000000_2",
                "20260101_000000",
                "20251231_235959",
                "20241215_143022",
                "20190704_010203");
        for (String stem : stems) {
            store(stem, "txt,json,srt");
        }

        assertThat(list(ListRange.ALL, 1000)).isEqualTo(stems);
        ListRange rest = ListRange.ALL;
        List<String> paged = new ArrayList<>();
        for (List<String> page = list(rest, 3); !page.isEmpty(); page = list(rest, 3)) {
            paged.addAll(page);
            rest = rest.before(stem(page.get(page.size() - 1)));
        }
        assertThat(paged).isEqualTo(stems);
    }

    @Test
    void lists_what_began_within_a_stretch_of_time() throws Exception {
        for (String stem : List.of("20241215_143023", "20241215_143022", "20241215_143021")) {
            store(stem, "txt");
        }

        assertThat(list(range("2024-12-15T14:30:22Z", null), 9)).containsExactly("20241215_143023", "20241215_143022");
        assertThat(list(range(null, "2024-12-15T14:30:22Z"), 9)).containsExactly("20241215_143021");
        assertThat(list(range(null, "2024-12-15T14:30:22.5Z"), 1)).containsExactly("20241215_143022");
        assertThat(list(range("2024-12-15T14:30:22Z", "2024-12-15T14:30:23Z"), 9))
                .containsExactly("20241215_143022");
        assertThat(list(range("2025-01-01T00:00:00Z", null), 9)).isEmpty();
    }

    @Test
    void lists_nothing_that_is_no_transcript() throws Exception {
        store(STEM, "txt,vtt");
        for (String other :
                List.of("notes.txt", "20241299_143022.txt", "20241215_143022_1.txt", "20241215_143023.json")) {
            place(archive().keyPrefix() + other, "something else");
        }
        place(archive().keyPrefix() + STEM + ".wav", "RIFF");

        assertThat(transcripts().list(ListRange.ALL, 10)).singleElement().satisfies(listed -> {
            assertThat(listed.stem()).hasToString(STEM);
            assertThat(listed.extensions()).containsExactlyInAnyOrder("txt", "vtt", "wav");
        });
    }

    @Test
    void reads_the_json_or_the_text_where_there_is_none() throws Exception {
        store(STEM, "txt,json");
        store(STEM + "_2", "txt");

        ArchivedTranscript whole = read(STEM);
        assertThat(whole.isJson()).isTrue();
        assertThat(whole.content()).startsWith("{\"session_id\"");
        assertThat(whole.rendered()).containsExactlyInAnyOrder("txt", "json");
        assertThat(read(STEM + "_2").isJson()).isFalse();
        assertThat(read(STEM + "_2").content()).startsWith("This is what was said");
        assertThat(transcripts().read(stem(STEM + "_3"))).isEmpty();
        assertThat(read(STEM).revision()).isEqualTo(whole.revision());
    }

    @Test
    void writes_back_what_nobody_else_has_written_meanwhile() throws Exception {
        store(STEM, "txt,json,vtt");
        ArchivedTranscript before = read(STEM);
        String version = transcripts().list(ListRange.ALL, 1).get(0).version();

        String revision = transcripts().writeBack(before, edited("first"));

        assertThat(stored(archive().keyPrefix() + STEM + ".txt")).contains("txt first");
        assertThat(stored(archive().keyPrefix() + STEM + ".json")).contains("json first");
        assertThat(read(STEM).revision()).isEqualTo(revision).isNotEqualTo(before.revision());
        assertThat(transcripts().list(ListRange.ALL, 1).get(0).version()).isNotEqualTo(version);
        assertThatThrownBy(() -> transcripts().writeBack(before, edited("second")))
                .isInstanceOf(RevisionConflictException.class);
        assertThat(stored(archive().keyPrefix() + STEM + ".txt")).contains("txt first");
        transcripts().writeBack(read(STEM), edited("third"));
        assertThat(stored(archive().keyPrefix() + STEM + ".json")).contains("json third");
    }

    @Test
    void writes_back_a_json_where_there_was_none() throws Exception {
        store(STEM, "txt");
        ArchivedTranscript before = read(STEM);

        transcripts().writeBack(before, edited("first"));

        assertThat(read(STEM).isJson()).isTrue();
        assertThatThrownBy(() -> transcripts().writeBack(before, edited("second")))
                .isInstanceOf(RevisionConflictException.class);
    }

    @Test
    void lets_one_of_many_that_edit_at_once_win() throws Exception {
        store(STEM, "txt,json");
        ArchivedTranscript before = read(STEM);
        List<Callable<String>> edits = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String name = "edit " + i;
            edits.add(() -> outcome(before, name));
        }
        ExecutorService threads = Executors.newFixedThreadPool(edits.size());
        try {
            List<String> winners = new ArrayList<>();
            for (Future<String> edit : threads.invokeAll(edits)) {
                winners.add(edit.get());
            }
            winners.removeIf(String::isEmpty);
            assertThat(winners).hasSize(1);
            assertThat(stored(archive().keyPrefix() + STEM + ".json")).contains("json " + winners.get(0));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void deletes_everything_of_one_transcript_and_nothing_else() throws Exception {
        store(STEM, "txt,json,vtt,srt");
        store(STEM + "_2", "txt,json");
        for (String beside : List.of(".wav", ".fr.vtt")) {
            place(archive().keyPrefix() + STEM + beside, "beside");
        }

        assertThat(transcripts().delete(stem(STEM))).isTrue();

        for (String extension : List.of("txt", "json", "vtt", "srt", "wav", "fr.vtt")) {
            assertThat(stored(archive().keyPrefix() + STEM + "." + extension)).isEmpty();
        }
        assertThat(list(ListRange.ALL, 9)).containsExactly(STEM + "_2");
        assertThat(transcripts().delete(stem(STEM))).isFalse();
        assertThat(transcripts().read(stem(STEM))).isEmpty();
    }

    @Test
    void does_not_bring_back_what_was_deleted_while_somebody_edited_it() throws Exception {
        store(STEM, "txt,json");
        ArchivedTranscript before = read(STEM);
        transcripts().delete(stem(STEM));

        assertThatThrownBy(() -> transcripts().writeBack(before, edited("late")))
                .isInstanceOf(RevisionConflictException.class);
        assertThat(list(ListRange.ALL, 9)).isEmpty();
    }

    @Test
    void stores_audio_and_gives_every_part_of_it() throws Exception {
        WavFile wav = wav(6 << 20);
        byte[] content = Files.readAllBytes(wav.path());

        archive().store(withAudio(transcript, false, wav));
        archive().store(withAudio(transcript, true, wav)); // as after a lost answer

        ArchivedAudio audio = transcripts().audio(stem(STEM)).orElseThrow();
        assertThat(audio.bytes()).isEqualTo(content.length);
        assertThat(read(audio, 0, content.length - 1)).isEqualTo(content);
        assertThat(read(audio, 5_300_000, 5_300_009)).isEqualTo(Arrays.copyOfRange(content, 5_300_000, 5_300_010));
        assertThat(read(audio, content.length - 1, content.length - 1)).hasSize(1);
        assertThat(transcripts().list(ListRange.ALL, 9))
                .singleElement()
                .satisfies(listed -> assertThat(listed.extensions()).contains("wav", "json"));
        assertThat(stored(archive().keyPrefix() + STEM + ".json").orElseThrow())
                .contains("\"audio\":{\"format\":\"wav\",\"bytes\":" + content.length + ",\"sample_rate\":16000}");
        try (InputStream left = audio.open(0, content.length - 1)) {
            assertThat(left.read()).isEqualTo('R');
        }
    }

    @Test
    void stores_short_audio_and_forgets_it_with_its_transcript() throws Exception {
        archive().store(withAudio(transcript, false, wav(1_000)));
        assertThat(transcripts().audio(stem(STEM))).isPresent();

        transcripts().delete(stem(STEM));

        assertThat(transcripts().audio(stem(STEM))).isEmpty();
        assertThat(stored(archive().keyPrefix() + STEM + ".wav")).isEmpty();
    }

    @Test
    void has_no_audio_where_none_was_stored() throws Exception {
        store(STEM, "txt,json");

        assertThat(transcripts().audio(stem(STEM))).isEmpty();
        assertThat(transcripts().audio(stem(STEM + "_2"))).isEmpty();
    }

    @Test
    void puts_no_audio_beside_the_transcript_of_another() throws Exception {
        store(STEM, "txt");

        assertThatThrownBy(() -> archive().store(withAudio(transcript, true, wav(1_000))))
                .isInstanceOf(KeyTakenException.class);

        assertThat(transcripts().audio(stem(STEM))).isEmpty();
    }

    protected static byte[] read(ArchivedAudio audio, long first, long last) throws Exception {
        try (InputStream part = audio.open(first, last)) {
            return part.readAllBytes();
        }
    }

    /** @param pcmBytes of noise */
    protected final WavFile wav(int pcmBytes) throws IOException {
        byte[] pcm = new byte[pcmBytes];
        new Random(7).nextBytes(pcm);
        Path file = spool.resolve("spooled.wav");
        Files.write(file, WavHeader.of(pcmBytes));
        Files.write(file, pcm, StandardOpenOption.APPEND);
        return new WavFile(file, Files.size(file));
    }

    protected final TranscriptDocuments withAudio(Transcript each, boolean triedBefore, WavFile wav) {
        DocumentFormats rendered = new DocumentFormats(new Settings(key -> Optional.of("txt")));
        return new TranscriptDocuments(
                each.recording().sessionId(),
                archive().keyPrefix() + STEM,
                triedBefore,
                rendered.render(each, Optional.of(wav)),
                Optional.of(wav));
    }

    private String outcome(ArchivedTranscript before, String name) throws ArchiveException {
        try {
            transcripts().writeBack(before, edited(name));
            return name;
        } catch (RevisionConflictException e) {
            return "";
        } catch (ArchiveException e) {
            if (e.retryable()) { // told to come again, as a client would be
                return outcome(before, name);
            }
            throw e;
        }
    }

    protected static List<TranscriptDocuments.Document> edited(String words) {
        return List.of(
                new TranscriptDocuments.Document("txt", "text/plain; charset=utf-8", "txt " + words),
                new TranscriptDocuments.Document("json", "application/json; charset=utf-8", "json " + words));
    }

    private void store(String stem, String formats) throws ArchiveException {
        Transcript each = SampleTranscripts.transcript(SampleTranscripts.recording(), 1);
        archive().store(documents(each, stem, false, formats));
    }

    private ArchivedTranscript read(String stem) throws ArchiveException {
        return transcripts().read(stem(stem)).orElseThrow();
    }

    private List<String> list(ListRange range, int limit) throws ArchiveException {
        return transcripts().list(range, limit).stream()
                .map(listed -> listed.stem().toString())
                .toList();
    }

    private static ListRange range(String from, String to) {
        return new ListRange(
                Optional.ofNullable(from).map(Instant::parse),
                Optional.ofNullable(to).map(Instant::parse),
                Optional.empty());
    }

    private static TranscriptStem stem(String text) {
        return TranscriptStem.parse(text).orElseThrow();
    }

    private List<String> storeAtOnce(List<Transcript> transcripts) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(transcripts.size());
        try {
            List<Callable<String>> tasks = new ArrayList<>();
            transcripts.forEach(each -> tasks.add(() -> storeUnderFreeName(each)));
            List<String> keys = new ArrayList<>();
            for (Future<String> key : threads.invokeAll(tasks)) {
                keys.add(key.get());
            }
            return keys;
        } finally {
            threads.shutdownNow();
        }
    }

    private String storeUnderFreeName(Transcript each) throws ArchiveException {
        for (int number = 1; ; number++) {
            try {
                String stem = number == 1 ? STEM : STEM + "_" + number;
                return archive().store(documents(each, stem, false, "txt,json")).key();
            } catch (KeyTakenException e) {
                assertThat(number).isLessThan(100);
            }
        }
    }

    protected final TranscriptDocuments documents(Transcript each, String stem, boolean triedBefore, String formats) {
        DocumentFormats rendered = new DocumentFormats(new Settings(key -> Optional.of(formats)));
        return new TranscriptDocuments(
                each.recording().sessionId(), archive().keyPrefix() + stem, triedBefore, rendered.render(each));
    }
}
