package dev.steno.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.steno.audio.AudioEncoding;
import dev.steno.audio.InputFormat;
import dev.steno.session.ErrorCode;
import dev.steno.session.SessionEvent;
import dev.steno.session.upstream.LossReason;
import dev.steno.session.upstream.UpstreamState;
import dev.steno.transcript.PiiEntity;
import dev.steno.transcript.SessionId;
import dev.steno.transcript.TranscriptSegment;
import dev.steno.transcript.Word;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCodecTest {
    private static final String ID = "6f2d1c0e-8a55-4c38-9d3a-0c1f2b3a4d5e";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'audio','payload':'AQID/w=='}",
                "{'type':'audio','payload':'AQID/w'}",
                "{'type': 'audio', 'payload': 'AQID/w=='}",
                "{'payload':'AQID/w==','type':'audio'}",
                "{'type':'audio','payload':'AQID\\/w=='}",
                "{'type':'audio','payload':'AQID/w==','n':'5'}",
                " {'type':'audio','payload':'AQID/w=='} "
            })
    void decodes_audio_however_it_is_spelled(String frame) throws Exception {
        ClientMessage message = MessageCodec.decode(frame.replace('\'', '"'));
        assertThat(((ClientMessage.Audio) message).pcm()).containsExactly(1, 2, 3, -1);
    }

    @Test
    void decodes_audio_without_samples() throws Exception {
        ClientMessage message = MessageCodec.decode("{\"type\":\"audio\",\"payload\":\"\"}");
        assertThat(((ClientMessage.Audio) message).pcm()).isEmpty();
    }

    @Test
    void decodes_control() throws Exception {
        assertThat(MessageCodec.decode("{\"action\":\"stop\",\"type\":\"control\"}"))
                .isInstanceOf(ClientMessage.Stop.class);
        assertThat(MessageCodec.decode("{\"type\":\"control\",\"action\":\"pause\"}"))
                .isInstanceOf(ClientMessage.Pause.class);
        assertThat(MessageCodec.decode("{\"type\":\"control\",\"action\":\"share\"}"))
                .isEqualTo(new ClientMessage.Share(Optional.empty()));
        assertThat(MessageCodec.decode("{\"type\":\"control\",\"action\":\"share\",\"room\":\"sunday\"}"))
                .isEqualTo(new ClientMessage.Share(Optional.of("sunday")));
        assertThat(MessageCodec.decode("{\"type\":\"control\",\"action\":\"unshare\"}"))
                .isEqualTo(new ClientMessage.Unshare());
        ClientMessage start = MessageCodec.decode(
                "{\"type\":\"control\",\"action\":\"start\",\"language_options\":[\"en-US\",\"de-DE\"],"
                        + "\"show_speaker_label\":true,\"vocabulary_name\":null,\"sample_rate\":16000}");
        assertThat(((ClientMessage.Start) start).options())
                .isEqualTo(Map.of("language_options", "en-US,de-DE", "show_speaker_label", "true"));
    }

    @Test
    void ignores_fields_that_it_does_not_know_outside_of_start() throws Exception {
        assertThat(MessageCodec.decode(
                        "{\"type\":\"control\",\"action\":\"stop\",\"why\":\"done\",\"n\":1e999,\"x\":null}"))
                .isInstanceOf(ClientMessage.Stop.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "hello",
                "[]",
                "null",
                "{",
                "{}",
                "{\"type\":\"control\"}",
                "{\"type\":7,\"action\":\"stop\"}",
                "{\"type\":\"video\"}",
                "{\"type\":\"control\",\"action\":\"explode\"}",
                "{\"type\":\"audio\"}",
                "{\"type\":\"audio\",\"payload\":null}",
                "{\"type\":\"audio\",\"payload\":[1,2]}",
                "{\"type\":\"audio\",\"payload\":{\"a\":1}}",
                "{\"type\":\"audio\",\"payload\":1234}",
                "{\"type\":\"audio\",\"payload\":true}",
                "{\"type\":\"audio\",\"payload\":[\"AQID/w==\"]}",
                "{\"type\":[\"control\"],\"action\":\"stop\"}",
                "{\"type\":\"control\",\"action\":[\"stop\"]}",
                "{\"type\":\"control\",\"action\":\"share\",\"room\":5}",
                "{\"type\":\"control\",\"action\":\"start\",\"language_options\":[[\"en-US\"]]}",
                "{\"type\":\"control\",\"action\":\"start\",\"language_options\":[\"en-US\"",
                "{\"type\":\"control\",\"type\":\"audio\",\"action\":\"stop\"}",
                "{\"type\":\"control\",\"action\":\"stop\"} {}",
                "{\"type\":\"control\",\"action\":\"stop\"",
                "{'type':'control','action':'stop'}",
                "{\"type\":\"control\",\"action\":\"stop\",}",
                "\u0000",
            })
    void refuses_what_is_no_message(String frame) {
        RefusedMessageException refused =
                catchThrowableOfType(RefusedMessageException.class, () -> MessageCodec.decode(frame));
        assertThat(refused.code()).isEqualTo(ErrorCode.BAD_MESSAGE);
        assertThat(refused).message().isNotBlank();
    }

    @Test
    void refuses_deep_nesting_where_it_begins() {
        String deep = "{\"type\":" + "[".repeat(100_000);
        assertThatThrownBy(() -> MessageCodec.decode(deep)).isInstanceOf(RefusedMessageException.class);
    }

    @ParameterizedTest
    @CsvSource({"AQI*", "A", "AQ=A", "'AQ I='", "-_-_"})
    void refuses_what_is_no_base64(String payload) {
        RefusedMessageException refused = catchThrowableOfType(
                RefusedMessageException.class,
                () -> MessageCodec.decode("{\"type\":\"audio\",\"payload\":\"" + payload + "\"}"));
        assertThat(refused.code()).isEqualTo(ErrorCode.BAD_AUDIO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"sample_rate\":7999",
                "\"sample_rate\":48001",
                "\"sample_rate\":\"fast\"",
                "\"sample_rate\":8000.5",
                "\"sample_rate\":1e99",
                "\"sample_rate\":true",
                "\"sample_rate\":[\"16000\",\"8000\"]",
                "\"encoding\":\"opus\"",
                "\"channels\":3"
            })
    void refuses_formats_that_it_cannot_convert(String field) {
        RefusedMessageException refused = catchThrowableOfType(
                RefusedMessageException.class,
                () -> MessageCodec.decode("{\"type\":\"control\",\"action\":\"start\"," + field + "}"));
        assertThat(refused.code()).isEqualTo(ErrorCode.BAD_OPTION);
    }

    @Test
    void decodes_the_format_of_the_audio() throws Exception {
        assertThat(start("\"encoding\":\"mulaw\",\"sample_rate\":8000,\"channels\":2"))
                .isEqualTo(
                        new ClientMessage.Start(Map.of(), Optional.of(new InputFormat(AudioEncoding.MULAW, 8_000, 2))));
        assertThat(start("\"sample_rate\":44100.0").format()).contains(new InputFormat(AudioEncoding.PCM, 44_100));
        assertThat(start("\"sample_rate\":\"48000\"").format()).contains(new InputFormat(AudioEncoding.PCM, 48_000));
        assertThat(start("\"encoding\":\"alaw\"").format()).contains(new InputFormat(AudioEncoding.ALAW, 16_000));
        assertThat(start("\"language_code\":\"en-US\"").format()).isEmpty();
    }

    private static ClientMessage.Start start(String fields) throws RefusedMessageException {
        return (ClientMessage.Start) MessageCodec.decode("{\"type\":\"control\",\"action\":\"start\"," + fields + "}");
    }

    @Test
    void never_throws_anything_else_for_mutated_frames() {
        Random random = new Random(11);
        String seed = "{\"type\":\"audio\",\"payload\":\"AQID/w==\",\"n\":-12.5e3,\"x\":[{\"a\":true}]}";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder frame = new StringBuilder(seed);
            for (int edits = random.nextInt(6); edits >= 0; edits--) {
                int at = random.nextInt(frame.length());
                switch (random.nextInt(3)) {
                    case 0 -> frame.setCharAt(at, (char) random.nextInt(random.nextBoolean() ? 128 : 65_536));
                    case 1 -> frame.deleteCharAt(at);
                    default -> frame.insert(at, seed.charAt(random.nextInt(seed.length())));
                }
            }
            try {
                MessageCodec.decode(frame.toString());
            } catch (RefusedMessageException e) {
                assertThat(e.code()).isNotNull();
            }
        }
    }

    @Test
    void encodes_each_event() {
        SessionId id = SessionId.parse(ID);
        assertEncoded(
                new SessionEvent.Connected(id, "secret", "sphinx", "en-US", OptionalLong.empty(), false),
                "{'type':'session','session_id':'" + ID + "','resume_token':'secret',"
                        + "'engine':'sphinx','language_code':'en-US','sample_rate':16000}");
        assertEncoded(
                new SessionEvent.Connected(id, "secret", "sphinx", "en-US", OptionalLong.of(3_200), true),
                "{'type':'session','session_id':'" + ID + "','resume_token':'secret',"
                        + "'engine':'sphinx','language_code':'en-US','sample_rate':16000,"
                        + "'resumed':true,'received_bytes':3200,'restored':true}");
        assertEncoded(
                new SessionEvent.Status(UpstreamState.PAUSED, "sphinx", "en-US"),
                "{'type':'status','state':'paused','engine':'sphinx','language_code':'en-US'}");
        assertEncoded(
                new SessionEvent.AudioDropped(UpstreamState.STREAMING, 1.5, 2.0, LossReason.ENGINE_AWAY),
                "{'type':'status','state':'streaming','dropped_from':1.5,'dropped_to':2.0,'dropped_reason':'engine_away'}");
        assertEncoded(
                new SessionEvent.EndAnnounced(UpstreamState.PAUSED, 60, "Too long."),
                "{'type':'status','state':'paused','ends_in':60.0,'message':'Too long.'}");
        assertEncoded(
                new SessionEvent.Share("https://example.org/live/abc"),
                "{'type':'share','url':'https://example.org/live/abc'}");
        assertEncoded(new SessionEvent.Viewers(3), "{'type':'viewers','count':3}");
        assertEncoded(
                new SessionEvent.Translation(3, "fr", "bonjour"),
                "{'type':'translation','segment':3,'language_code':'fr','text':'bonjour'}");
        assertEncoded(
                new SessionEvent.Progress(32_000, 16_000),
                "{'type':'progress','received_bytes':32000,'settled_bytes':16000}");
        assertEncoded(
                new SessionEvent.Partial(3, "hello", 0.1234, 1),
                "{'type':'transcript','text':'hello','is_final':false,'segment':3,'start':0.123,'end':1.0}");
        assertEncoded(
                new SessionEvent.Final(
                        new TranscriptSegment(0, "hi", 0, 1, List.of(new Word("hi", 0.2, 0.4, Double.NaN)))),
                "{'type':'transcript','text':'hi','is_final':true,'segment':0,'start':0.0,'end':1.0,"
                        + "'words':[{'text':'hi','start':0.2,'end':0.4}]}");
        assertEncoded(
                new SessionEvent.Final(new TranscriptSegment(
                        2,
                        "hi Ann",
                        0,
                        1,
                        List.of(new Word("hi", 0.2, 0.4, 0.5, Optional.of("1-spk_0"))),
                        Optional.of("de-DE"),
                        List.of(new PiiEntity("PII", "NAME", "Ann", 0.4, 0.6, 0.9)))),
                "{'type':'transcript','text':'hi Ann','is_final':true,'segment':2,'start':0.0,'end':1.0,"
                        + "'language_code':'de-DE',"
                        + "'words':[{'text':'hi','start':0.2,'end':0.4,'confidence':0.5,'speaker':'1-spk_0'}],"
                        + "'entities':[{'category':'PII','type':'NAME','text':'Ann','start':0.4,'end':0.6,"
                        + "'confidence':0.9}]}");
        assertEncoded(
                new SessionEvent.Saved("20241215_143022.txt", id, "/x/20241215_143022.txt", 3.25),
                "{'type':'saved','s3_key':'20241215_143022.txt','session_id':'" + ID
                        + "','location':'/x/20241215_143022.txt','duration':3.25}");
        assertEncoded(
                new SessionEvent.Problem(ErrorCode.BAD_AUDIO, "Odd.", false, OptionalLong.of(64)),
                "{'type':'error','code':'bad_audio','message':'Odd.','fatal':false,'received_bytes':64}");
    }

    private static void assertEncoded(SessionEvent event, String expected) {
        assertThat(MessageCodec.encode(event)).isEqualTo(expected.replace('\'', '"'));
    }
}
