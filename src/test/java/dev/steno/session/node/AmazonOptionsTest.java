package dev.steno.session.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.steno.archive.TranscriptDocuments;
import dev.steno.session.CloseCode;
import dev.steno.session.ErrorCode;
import dev.steno.session.SessionEvent;
import dev.steno.session.upstream.UpstreamState;
import dev.steno.testing.transcribe.CoveredAudio;
import dev.steno.testing.transcribe.Fault;
import dev.steno.testing.transcribe.Fault.Kind;
import dev.steno.transcript.PiiEntity;
import dev.steno.transcript.TranscriptSegment;
import dev.steno.transcript.Word;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Options of a recording from {@code start} to the service and back, and a service that falls silent. */
class AmazonOptionsTest {
    private final byte[] audio = new byte[4 * 32_000];

    @TempDir
    private Path folder;

    private AmazonSessions amazon;

    @BeforeEach
    void open() {
        new Random(5).nextBytes(audio);
        amazon = new AmazonSessions(folder);
    }

    @AfterEach
    void close() {
        amazon.close();
    }

    @Test
    void labels_speakers_by_the_stream_that_named_them() throws Exception {
        amazon.server.play(Fault.of(Kind.CLOSE).after(110_000));
        AmazonSessions.Client client = record(Map.of("show_speaker_label", "true"));
        CoveredAudio.assertCovered(client.finals(), audio);
        assertThat(client.finals())
                .flatExtracting(TranscriptSegment::words)
                .extracting(Word::speaker)
                .containsOnly(Optional.of("1-spk_0"), Optional.of("2-spk_0"));
        assertThat(json()).contains("\"speaker\":\"1-spk_0\"", "\"speaker\":\"2-spk_0\"");
    }

    @Test
    void tells_the_language_that_the_service_identified() throws Exception {
        AmazonSessions.Client client = record(
                Map.of("identify_language", "true", "language_options", "de-DE, fr-FR", "vocabulary_names", "a,b"));
        assertThat(amazon.server.lastStream().parameters())
                .containsEntry("identify-language", "true")
                .containsEntry("language-options", "de-DE,fr-FR")
                .containsEntry("vocabulary-names", "a,b")
                .doesNotContainKey("language-code");
        assertThat(client.events())
                .contains(new SessionEvent.Status(UpstreamState.STREAMING, "amazon-transcribe", "auto"));
        assertThat(client.finals()).extracting(TranscriptSegment::languageCode).containsOnly(Optional.of("de-DE"));
        assertThat(json()).contains("\"language_code\":\"auto\"", "\"language_code\":\"de-DE\"");
    }

    @Test
    void withholds_partials_while_personal_data_are_redacted() throws Exception {
        AmazonSessions.Client client = record(Map.of("content_redaction_type", "PII"));
        assertThat(client.events(SessionEvent.Partial.class)).isEmpty();
        CoveredAudio.assertCovered(client.finals(), audio);
        AmazonSessions.Client plain = record(Map.of());
        assertThat(plain.events(SessionEvent.Partial.class)).isNotEmpty();
    }

    @Test
    void finds_personal_data_where_they_were_said() throws Exception {
        AmazonSessions.Client client = record(Map.of("content_identification_type", "PII"));
        assertThat(client.finals()).extracting(TranscriptSegment::entities).allSatisfy(entities -> assertThat(entities)
                .extracting(PiiEntity::category, PiiEntity::type)
                .containsExactly(tuple("PII", "NAME")));
        List<TranscriptSegment> finals = client.finals();
        TranscriptSegment last = finals.get(finals.size() - 1);
        assertThat(last.entities().get(0).start()).isEqualTo(last.start());
        assertThat(json()).contains("\"entities\":[{\"category\":\"PII\",\"type\":\"NAME\"");
    }

    @Test
    void refuses_what_does_not_go_together_before_anything_is_opened() throws Exception {
        AmazonSessions.Client client = amazon.connect();
        client.session.start(Map.of("content_redaction_type", "PII", "language_code", "ja-JP"));
        client.await(SessionEvent.Problem.class::isInstance);
        assertThat(client.problem().code()).isEqualTo(ErrorCode.BAD_OPTION);
        assertThat(client.problem().fatal()).isFalse();
        assertThat(amazon.server.streams()).isEmpty();
        assertThat(amazon.sessions().description().recordings()).isZero();
        client.session.start(Map.of("language_code", "ja-JP"));
        client.await(SessionEvent.Status.class::isInstance);
        client.session.stop();
        client.closed();
    }

    /** Noticed 30 s after the last event, long before the end of the audio would tell. */
    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"STALL", "MUTE"})
    void replaces_a_stream_in_which_the_service_falls_silent(Kind kind) throws Exception {
        amazon.server.play(Fault.of(kind).after(70_000));
        byte[] speech = new byte[60 * 32_000];
        new Random(6).nextBytes(speech);
        AmazonSessions.Client client = amazon.connect();
        CompletableFuture<Void> speaking = client.beginToSpeak(speech);
        client.await(
                event -> event instanceof SessionEvent.Status status && status.state() == UpstreamState.RECONNECTING);
        assertThat(speaking).isNotDone();
        speaking.get(30, TimeUnit.SECONDS);
        client.session.stop();
        assertThat(client.closed()).isEqualTo(CloseCode.NORMAL);
        CoveredAudio.assertCovered(client.finals(), speech);
        assertThat(amazon.server.streams()).hasSize(2);
        amazon.assertNothingLeft();
    }

    private AmazonSessions.Client record(Map<String, String> options) throws Exception {
        AmazonSessions.Client client = amazon.connect();
        client.session.start(options);
        client.speak(audio);
        client.session.stop();
        assertThat(client.closed()).isEqualTo(CloseCode.NORMAL);
        amazon.assertNothingLeft();
        return client;
    }

    private String json() {
        TranscriptDocuments documents = amazon.archive.stored.get(0);
        return documents.documents().get(1).content();
    }
}
