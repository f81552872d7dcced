package dev.steno.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.configuration.Settings;
import dev.steno.transcript.PlainText;
import dev.steno.transcript.SampleTranscripts;
import dev.steno.transcript.SessionId;
import dev.steno.transcript.Transcript;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link TranscriptArchive} must do. */
public abstract class TranscriptArchiveContract {
    private static final String STEM = "20241215_143022";

    private final Transcript transcript = SampleTranscripts.transcript(SampleTranscripts.recording(), 3);

    /** The archive, empty at the beginning of each test. */
    protected abstract TranscriptArchive archive();

    /** What is stored under a key, as UTF-8; empty if there is nothing. */
    protected abstract Optional<String> stored(String key) throws Exception;

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
