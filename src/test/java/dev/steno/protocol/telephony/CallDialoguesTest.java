package dev.steno.protocol.telephony;

import static dev.steno.protocol.SessionEvents.partial;
import static dev.steno.protocol.SessionEvents.problem;
import static dev.steno.protocol.SessionEvents.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.audio.AudioEncoding;
import dev.steno.audio.InputFormat;
import dev.steno.protocol.Dialogue;
import dev.steno.protocol.RecordedLink;
import dev.steno.session.CloseCode;
import dev.steno.session.ErrorCode;
import dev.steno.testing.ManualTime;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallDialoguesTest {
    private final ManualTime time = new ManualTime();
    private final RecordedLink link = new RecordedLink("language_code", "vocabulary_name");

    private Dialogue twilio(boolean known) {
        return new TwilioDialogue(
                link, known, token -> token.equals("secret") ? Optional.of("alice") : Optional.empty(), time::nanoTime);
    }

    private static String start(String tracks, String parameters) {
        return "{\"event\":\"start\",\"sequenceNumber\":\"1\",\"start\":{\"accountSid\":\"AC1\",\"streamSid\":\"MZ1\","
                + "\"callSid\":\"CA1\",\"tracks\":[" + tracks + "],\"mediaFormat\":{\"encoding\":\"audio/x-mulaw\","
                + "\"sampleRate\":8000,\"channels\":1},\"customParameters\":{" + parameters
                + "}},\"streamSid\":\"MZ1\"}";
    }

    private static String media(String track, int bytes) {
        return "{\"event\":\"media\",\"sequenceNumber\":\"2\",\"media\":{\"track\":\"" + track
                + "\",\"chunk\":\"1\",\"timestamp\":\"5\",\"payload\":\""
                + Base64.getEncoder().encodeToString(new byte[bytes]) + "\"}}";
    }

    @Test
    void twilio_records_one_track_from_start_to_stop() {
        Dialogue dialogue = twilio(true);
        dialogue.onText("{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}");
        dialogue.onText(start("\"inbound\"", "\"language_code\":\"de-DE\",\"caller\":\"Bob\""));
        dialogue.onText(media("inbound", 160));
        dialogue.onText("{\"event\":\"mark\"}");
        dialogue.onText("{\"event\":\"stop\"}");
        assertThat(link.format()).isEqualTo(new InputFormat(AudioEncoding.MULAW, 8_000));
        assertThat(link.calls()).containsExactly("join ", "start {language_code=de-DE}", "audio 160", "stop");
        assertThat(link.replies()).isEmpty();
    }

    @Test
    void twilio_mixes_two_tracks() {
        Dialogue dialogue = twilio(true);
        dialogue.onText(start("\"inbound\",\"outbound\"", ""));
        dialogue.onText(media("inbound", 160));
        dialogue.onText(media("outbound", 160));
        dialogue.onText(media("inbound", 100));
        dialogue.onText("{\"event\":\"stop\"}");
        assertThat(link.format()).isEqualTo(TrackMixer.FORMAT);
        assertThat(link.calls()).containsExactly("join ", "audio 0", "audio 320", "audio 0", "audio 200", "stop");
    }

    @Test
    void twilio_asks_for_a_token_where_the_handshake_named_nobody() {
        twilio(false).onText(start("", ""));
        assertThat(link.closed()).contains(CloseCode.POLICY);
        assertThat(link.calls()).isEmpty();
    }

    @Test
    void twilio_refuses_a_wrong_token_and_takes_a_right_one() {
        twilio(false).onText(start("", "\"token\":\"wrong\""));
        assertThat(link.closed()).contains(CloseCode.POLICY);
        RecordedLink other = new RecordedLink("language_code");
        new TwilioDialogue(other, false, token -> Optional.of("alice"), time::nanoTime)
                .onText(start("", "\"token\":\"secret\""));
        assertThat(other.calls()).containsExactly("join alice");
        assertThat(other.caller().place()).isEqualTo("203.0.113.7");
    }

    @Test
    void twilio_does_not_wait_for_a_start_for_ever() {
        Dialogue dialogue = twilio(true);
        time.advance(Duration.ofSeconds(59));
        dialogue.onTick();
        assertThat(link.closed()).isEmpty();
        time.advance(Duration.ofSeconds(1));
        dialogue.onTick();
        assertThat(link.closed()).contains(CloseCode.POLICY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json",
                "{}",
                "{\"event\":\"start\"}",
                "{\"event\":\"media\",\"media\":{\"payload\":\"\"}}",
                "{\"event\":\"start\",\"start\":{\"mediaFormat\":{\"encoding\":\"audio/opus\"}}}",
                "{\"event\":\"start\",\"start\":{\"mediaFormat\":{\"encoding\":\"audio/x-mulaw\",\"sampleRate\":16000}}}",
                "{\"event\":\"start\",\"start\":{\"customParameters\":{\"language_code\":\"tlh\"}}}"
            })
    void twilio_closes_with_a_reason_for_what_it_cannot_use(String message) {
        twilio(true).onText(message);
        assertThat(link.closed()).contains(CloseCode.POLICY);
        assertThat(link.reason()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "ulaw,MULAW,8000",
        "alaw,ALAW,8000",
        "slin,PCM,8000",
        "slin12,PCM,12000",
        "slin16,PCM,16000",
        "slin24,PCM,24000",
        "slin32,PCM,32000",
        "slin44,PCM,44100",
        "slin48,PCM,48000"
    })
    void asterisk_says_the_format_first_in_plain_text_or_json(String name, AudioEncoding encoding, int rate) {
        new AsteriskDialogue(link)
                .onText("MEDIA_START connection_id:media_1 channel:WebSocket/x-0 format:" + name
                        + " optimal_frame_size:640");
        assertThat(link.format()).isEqualTo(new InputFormat(encoding, rate));
        RecordedLink json = new RecordedLink("language_code").with("language_code", "en-GB");
        AsteriskDialogue dialogue = new AsteriskDialogue(json);
        dialogue.onText("{\"event\":\"MEDIA_START\",\"format\":\"" + name + "\"}");
        dialogue.onBinary(new byte[320]);
        dialogue.onText("{\"event\":\"DTMF_END\",\"digit\":\"5\"}");
        assertThat(json.format()).isEqualTo(new InputFormat(encoding, rate));
        assertThat(json.calls()).containsExactly("start {language_code=en-GB}", "audio 320");
        assertThat(json.closed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "MEDIA_START",
                "MEDIA_START format:opus",
                "{\"event\":1",
                "{}",
                "{\"event\":\"MEDIA_START\",\"format\":\"g722\"}"
            })
    void asterisk_is_told_by_a_close_what_cannot_be_used(String message) {
        new AsteriskDialogue(link).onText(message);
        assertThat(link.closed()).contains(CloseCode.POLICY);
    }

    @Test
    void asterisk_sends_no_audio_before_its_format() {
        new AsteriskDialogue(link).onBinary(new byte[2]);
        assertThat(link.closed()).contains(CloseCode.POLICY);
    }

    @Test
    void fork_reads_the_metadata_of_jambonz() {
        ForkDialogue dialogue = new ForkDialogue(link);
        dialogue.onText("{\"callSid\":\"c\",\"direction\":\"inbound\",\"sampleRate\":16000,\"mixType\":\"stereo\","
                + "\"language_code\":\"en-GB\",\"sip\":{\"headers\":{\"via\":\"x\"}}}");
        dialogue.onBinary(new byte[640]);
        dialogue.onText("{\"event\":\"dtmf\",\"dtmf\":\"2\"}");
        assertThat(link.format()).isEqualTo(new InputFormat(AudioEncoding.PCM, 16_000, 2));
        assertThat(link.calls()).containsExactly("start {language_code=en-GB}", "audio 640");
    }

    @Test
    void fork_takes_the_format_from_the_address_where_the_metadata_say_nothing() {
        RecordedLink address = new RecordedLink().with("sample_rate", "48000").with("channels", "2");
        new ForkDialogue(address).onBinary(new byte[4]);
        assertThat(address.format()).isEqualTo(new InputFormat(AudioEncoding.PCM, 48_000, 2));
        new ForkDialogue(link).onBinary(new byte[4]);
        assertThat(link.format()).isEqualTo(new InputFormat(AudioEncoding.PCM, 8_000, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no json", "{\"sampleRate\":1}", "{\"sampleRate\":\"x\"}", "{\"language_code\":\"tlh\"}"})
    void fork_is_told_by_a_close_what_cannot_be_used(String message) {
        new ForkDialogue(link).onText(message);
        assertThat(link.closed()).contains(CloseCode.POLICY);
    }

    @Test
    void jambonz_hears_what_was_said_and_interim_results_if_it_wants() {
        JambonzDialogue dialogue = new JambonzDialogue(link);
        dialogue.onText("{\"type\":\"start\",\"language\":\"en-US\",\"format\":\"raw\",\"encoding\":\"LINEAR16\","
                + "\"interimResults\":true,\"sampleRateHz\":8000,\"options\":{}}");
        dialogue.onBinary(new byte[320]);
        dialogue.onEvent(partial("hello", 0, 0.5));
        dialogue.onEvent(settled("hello world", 0, 1));
        dialogue.onText("{\"type\":\"stop\"}");
        dialogue.onEvent(problem(ErrorCode.NO_SPEECH, true));
        List<JsonObject> messages = link.replies();
        assertThat(messages)
                .extracting(Object::toString)
                .containsExactly(
                        "{\"type\":\"transcription\",\"is_final\":false,\"alternatives\":[{\"transcript\":\"hello\","
                                + "\"confidence\":1.0}],\"language\":\"en-US\",\"channel\":1}",
                        "{\"type\":\"transcription\",\"is_final\":true,\"alternatives\":[{\"transcript\":\"hello world\","
                                + "\"confidence\":0.5}],\"language\":\"en-US\",\"channel\":1}");
        assertThat(link.calls()).containsExactly("start {language_code=en-US}", "audio 320", "stop");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json",
                "{}",
                "{\"type\":\"start\",\"language\":\"tlh\"}",
                "{\"type\":\"start\",\"encoding\":\"OPUS\"}",
                "{\"type\":\"start\",\"sampleRateHz\":1}"
            })
    void jambonz_is_told_an_error_and_then_closed_normally(String message) {
        new JambonzDialogue(link).onText(message);
        JsonObject error = link.replies().get(0);
        assertThat(error.getString("type")).isEqualTo("error");
        assertThat(error.getString("error")).isNotBlank();
        assertThat(link.closed()).contains(CloseCode.NORMAL);
    }

    @Test
    void jambonz_is_closed_normally_whatever_ended_the_session() {
        JambonzDialogue dialogue = new JambonzDialogue(link);
        dialogue.onText("{\"type\":\"start\"}");
        dialogue.onEvent(problem(ErrorCode.BUSY, true));
        dialogue.onEnd(CloseCode.TRY_AGAIN_LATER, "busy");
        assertThat(link.replies().get(0).getString("error")).isEqualTo("This is why.");
        assertThat(link.closed()).contains(CloseCode.NORMAL);
    }
}
