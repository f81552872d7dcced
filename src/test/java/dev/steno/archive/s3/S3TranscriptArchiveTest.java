package dev.steno.archive.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.archive.ArchiveException;
import dev.steno.archive.ArchivedTranscript;
import dev.steno.archive.ArchivedTranscripts;
import dev.steno.archive.KeyTakenException;
import dev.steno.archive.RevisionConflictException;
import dev.steno.archive.StoredTranscript;
import dev.steno.archive.TranscriptArchive;
import dev.steno.archive.TranscriptArchiveContract;
import dev.steno.archive.TranscriptStem;
import dev.steno.spool.WavFile;
import dev.steno.testing.s3.Fault;
import dev.steno.testing.s3.S3Server;
import dev.steno.transcript.PlainText;
import dev.steno.transcript.SampleTranscripts;
import dev.steno.transcript.Transcript;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

class S3TranscriptArchiveTest extends TranscriptArchiveContract {
    private static final String STEM = "20241215_143022";

    private static S3Server s3;
    private static int tests;

    private final String prefix = "test " + ++tests + "/größe+";
    private final Transcript transcript = SampleTranscripts.transcript(SampleTranscripts.recording(), 2);
    private S3ArchiveUnderTest underTest;

    @BeforeAll
    static void start() {
        s3 = S3Server.start();
    }

    @AfterAll
    static void stop() {
        s3.close();
    }

    @BeforeEach
    void create() {
        s3.heal();
        underTest = new S3ArchiveUnderTest(s3, Map.of("S3_PREFIX", prefix));
    }

    @AfterEach
    void close() {
        underTest.close();
    }

    @Override
    protected TranscriptArchive archive() {
        return underTest.archive();
    }

    @Override
    protected ArchivedTranscripts transcripts() {
        return underTest.transcripts();
    }

    @Override
    protected void place(String key, String content) {
        underTest.place(key, content);
    }

    @Override
    protected Optional<String> stored(String key) {
        return s3.text(key);
    }

    @Test
    void says_where_it_is_and_where_the_transcript_is() throws Exception {
        assertThat(archive().description()).isEqualTo("s3://transcripts/" + prefix);
        assertThat(store(false).location()).isEqualTo("s3://transcripts/" + prefix + STEM + ".txt");
    }

    @Test
    void asks_for_the_encryption_that_a_policy_demands() throws Exception {
        try (S3ArchiveUnderTest encrypting = new S3ArchiveUnderTest(
                s3, Map.of("S3_PREFIX", prefix, "S3_ENCRYPTION", "aws:kms", "S3_KMS_KEY_ID", "alias/steno"))) {
            encrypting.archive().store(documents(transcript, STEM, false, "txt,json"));
        }
        HeadObjectResponse text = s3.head(prefix + STEM + ".txt");
        assertThat(text.serverSideEncryptionAsString()).isEqualTo("aws:kms");
        assertThat(text.ssekmsKeyId()).isEqualTo("alias/steno");
    }

    @Test
    void asks_for_the_encryption_of_audio_that_goes_in_parts_too() throws Exception {
        try (S3ArchiveUnderTest encrypting = new S3ArchiveUnderTest(
                s3, Map.of("S3_PREFIX", prefix, "S3_ENCRYPTION", "aws:kms", "S3_KMS_KEY_ID", "alias/steno"))) {
            encrypting.archive().store(withAudio(transcript, false, wav(6 << 20)));
        }
        HeadObjectResponse audio = s3.head(prefix + STEM + ".wav");
        assertThat(audio.contentType()).isEqualTo("audio/wav");
        assertThat(audio.metadata())
                .containsEntry("session-id", transcript.recording().sessionId().toString());
        assertThat(audio.serverSideEncryptionAsString()).isEqualTo("aws:kms");
    }

    @Test
    void goes_on_with_the_parts_that_s3_has_after_an_outage_and_leaves_none() throws Exception {
        WavFile wav = wav(12 << 20);
        s3.play(Fault.NONE, Fault.NONE); // the text and the first of three parts
        s3.always(Fault.DENIED);
        assertThatThrownBy(() -> archive().store(withAudio(transcript, false, wav)))
                .isInstanceOf(ArchiveException.class);
        assertThat(s3.uploads()).isEqualTo(1);
        assertThat(s3.keys()).contains(prefix + STEM + ".txt").doesNotContain(prefix + STEM + ".json");
        s3.heal();
        int before = s3.puts();

        archive().store(withAudio(transcript, true, wav));

        assertThat(s3.puts() - before).as("the text again, two parts, the JSON").isEqualTo(4);
        assertThat(s3.uploads()).isZero();
        assertThat(s3.bytes(prefix + STEM + ".wav")).contains(Files.readAllBytes(wav.path()));
    }

    @ParameterizedTest
    @EnumSource(names = {"SLOW_DOWN", "INTERNAL", "RESET", "LOST_RESPONSE"})
    void stores_audio_once_whatever_happens_to_one_part(Fault fault) throws Exception {
        WavFile wav = wav(6 << 20);
        s3.play(Fault.NONE, fault);

        archive().store(withAudio(transcript, false, wav));

        assertThat(s3.bytes(prefix + STEM + ".wav")).contains(Files.readAllBytes(wav.path()));
        assertThat(s3.uploads()).isZero();
    }

    @Test
    void refuses_a_key_without_an_encryption_that_has_keys() {
        assertThatThrownBy(() -> new S3ArchiveUnderTest(s3, Map.of("S3_KMS_KEY_ID", "alias/steno")))
                .hasMessageContainingAll("S3_KMS_KEY_ID", "S3_ENCRYPTION");
        assertThatThrownBy(() -> new S3ArchiveUnderTest(s3, Map.of("S3_ENCRYPTION", "rot13")))
                .hasMessageContainingAll("S3_ENCRYPTION", "aws:kms");
    }

    @Test
    void stores_content_type_and_session_id_with_each_object() throws Exception {
        store(false);

        HeadObjectResponse text = s3.head(prefix + STEM + ".txt");
        HeadObjectResponse json = s3.head(prefix + STEM + ".json");
        String session = transcript.recording().sessionId().toString();
        assertThat(text.contentType()).isEqualToIgnoringWhitespace("text/plain;charset=utf-8");
        assertThat(json.contentType()).isEqualToIgnoringWhitespace("application/json;charset=utf-8");
        assertThat(text.metadata()).containsEntry("session-id", session);
        assertThat(json.metadata()).containsEntry("session-id", session);
    }

    /**
     * The outcome of the first call, when the text's put or the JSON's put meets one fault: stored or to be tried
     * again.
     */
    @ParameterizedTest
    @CsvSource({
        "SLOW_DOWN, stored",
        "INTERNAL, stored",
        "RESET, stored",
        "LOST_RESPONSE, stored",
        "HANG, stored",
        "NO_CONDITIONS, stored",
        "CONFLICT, again",
        "DENIED, repair",
    })
    void stores_once_under_the_first_name_whatever_happens_to_one_put(Fault fault, String outcome) throws Exception {
        for (Fault[] faults : new Fault[][] {{fault}, {Fault.NONE, fault}}) {
            Transcript each = SampleTranscripts.transcript(SampleTranscripts.recording(), 2);
            String stem = faults.length == 1 ? "text" : "json";
            s3.play(faults);

            assertThat(outcomeOf(each, stem)).isEqualTo(outcome);
            if (!outcome.equals("stored")) {
                archive().store(documents(each, stem, true, "txt,json"));
            }

            assertStored(each, stem);
        }
        assertThat(s3.keys()).filteredOn(key -> key.startsWith(prefix)).hasSize(4);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"SLOW_DOWN", "INTERNAL", "RESET", "HANG", "CONFLICT"})
    void gives_up_within_ten_seconds_when_a_fault_stays_and_stores_when_it_is_gone(Fault fault) throws Exception {
        s3.always(fault);
        long before = System.nanoTime();
        assertThat(outcomeOf(transcript, STEM)).isEqualTo("again");
        assertThat(System.nanoTime() - before).isLessThan(10_000_000_000L);

        s3.heal();
        store(true);

        assertStored(transcript, STEM);
        assertThat(s3.keys()).filteredOn(key -> key.startsWith(prefix)).hasSize(2);
    }

    @Test
    void recognises_its_own_even_when_no_answer_ever_came() throws Exception {
        s3.always(Fault.LOST_RESPONSE);
        assertThat(outcomeOf(transcript, STEM)).isEqualTo("again");

        s3.heal();
        store(true);

        assertStored(transcript, STEM);
    }

    @Test
    void keeps_the_longer_one_of_two_transcripts_of_a_session() throws Exception {
        Transcript less = SampleTranscripts.transcript(transcript.recording(), 1);
        archive().store(documents(less, STEM, false, "txt,json"));
        archive().store(documents(transcript, STEM, false, "txt,json"));
        assertStored(transcript, STEM);
        archive().store(documents(less, STEM, false, "txt,json"));
        assertStored(transcript, STEM);
    }

    @Test
    void can_be_tried_again_when_nobody_listens() throws Exception {
        s3.down();
        try {
            assertThatThrownBy(() -> store(false))
                    .isInstanceOfSatisfying(ArchiveException.class, fault -> assertThat(fault.retryable())
                            .isTrue())
                    .hasMessageContaining("AWS_ENDPOINT_URL_S3");
        } finally {
            s3.up();
        }
        store(true);
    }

    @Test
    void looks_before_it_puts_where_conditional_puts_are_not_implemented() throws Exception {
        s3.always(Fault.NO_CONDITIONS);
        int before = s3.puts();
        store(false);
        assertThat(s3.puts()).as("the refused, the text, the JSON").isEqualTo(before + 3);
        store(true);
        assertThat(s3.puts()).as("only the JSON").isEqualTo(before + 4);

        Transcript other = SampleTranscripts.transcript(SampleTranscripts.recording(), 1);
        assertThatThrownBy(() -> archive().store(documents(other, STEM, false, "txt,json")))
                .isInstanceOf(KeyTakenException.class);

        assertThat(s3.puts()).isEqualTo(before + 4);
        assertStored(transcript, STEM);
    }

    /** An edit that met one fault is stored once, and nobody's is lost. */
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"SLOW_DOWN", "INTERNAL", "RESET", "LOST_RESPONSE", "NO_CONDITIONS"})
    void edits_once_whatever_happens_to_the_put(Fault fault) throws Exception {
        store(false);
        TranscriptStem stem = TranscriptStem.parse(STEM).orElseThrow();
        ArchivedTranscript before = transcripts().read(stem).orElseThrow();
        s3.play(fault);

        String revision = transcripts().writeBack(before, edited("first"));

        ArchivedTranscript after = transcripts().read(stem).orElseThrow();
        assertThat(after.revision()).isEqualTo(revision);
        assertThat(after.content()).isEqualTo("json first");
        assertThatThrownBy(() -> transcripts().writeBack(before, edited("second")))
                .isInstanceOf(RevisionConflictException.class);
        assertThat(s3.head(prefix + STEM + ".json").metadata()).containsKey("session-id");
    }

    @Test
    void says_that_the_credentials_are_wrong_without_telling_them() {
        String wrong = S3Server.SECRET_KEY.replace('K', 'k');
        assertRefused(Map.of("AWS_SECRET_ACCESS_KEY", wrong), "AWS_SECRET_ACCESS_KEY", wrong);
        assertRefused(Map.of("AWS_ACCESS_KEY_ID", "AKIDUNKNOWN"), "AWS_ACCESS_KEY_ID", "AKIDUNKNOWN");
    }

    @Test
    void says_that_the_bucket_does_not_exist() {
        assertRefused(Map.of("S3_BUCKET", "elsewhere"), "The bucket elsewhere does not exist", S3Server.SECRET_KEY);
    }

    private void assertRefused(Map<String, String> settings, String message, String secret) {
        try (S3ArchiveUnderTest other = new S3ArchiveUnderTest(s3, settings)) {
            assertThatThrownBy(() -> other.archive().store(documents(transcript, STEM, false, "txt")))
                    .isInstanceOfSatisfying(ArchiveException.class, fault -> assertThat(fault.retryable())
                            .isFalse())
                    .hasMessageContaining(message)
                    .hasMessageNotContaining(secret);
        }
    }

    private StoredTranscript store(boolean triedBefore) throws ArchiveException {
        return archive().store(documents(transcript, STEM, triedBefore, "txt,json"));
    }

    private String outcomeOf(Transcript each, String stem) {
        try {
            archive().store(documents(each, stem, false, "txt,json"));
            return "stored";
        } catch (ArchiveException e) {
            return e.retryable() ? "again" : "repair";
        }
    }

    private void assertStored(Transcript each, String stem) {
        assertThat(stored(prefix + stem + ".txt")).contains(PlainText.render(each));
        assertThat(stored(prefix + stem + ".json")).hasValueSatisfying(json -> assertThat(json)
                .contains(each.recording().sessionId().toString()));
    }
}
