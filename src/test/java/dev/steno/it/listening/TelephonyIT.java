package dev.steno.it.listening;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.it.SharedSteno;
import dev.steno.testing.Clip;
import dev.steno.testing.DoorClient;
import dev.steno.testing.RawSocket;
import dev.steno.testing.SentAudio;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.Wait;
import dev.steno.testing.WordErrorRate;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Calls as Twilio, Asterisk, FreeSWITCH and jambonz send them: words, a transcript, an end. */
@DisabledIfSystemProperty(named = "steno.slim", matches = "true", disabledReason = SharedSteno.SLIM)
class TelephonyIT {
    private static final byte[] NORMAL_CLOSURE = {1_000 >> 8, (byte) 1_000};

    /** Of the beginning of a recording, as its transcript is named. */
    private static final DateTimeFormatter STEM =
            DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final String MEDIA =
            "{\"event\":\"media\",\"sequenceNumber\":\"2\",\"media\":{\"track\":\"TRACK\",\"chunk\":\"1\",\"timestamp\":\"5\","
                    + "\"payload\":\"%s\"},\"streamSid\":\"MZ1\"}";

    private final StenoProcess steno = SharedSteno.listening();
    private final Clip weather = Clip.shipped("weather.wav");
    private final Clip airport = Clip.shipped("airport.wav");

    @Test
    void twilio_sends_one_track_and_steno_closes_after_stop() {
        assertTranscript(weather.text(), 0.4, () -> {
            try (DoorClient client = DoorClient.connect(steno.base(), "telephony/twilio")) {
                client.text(twilioStart("\"inbound\""));
                chunks(SentAudio.mulaw(weather.audio(), 8_000), 160, chunk -> client.audio(track("inbound"), chunk));
                client.text("{\"event\":\"stop\",\"sequenceNumber\":\"9\",\"stop\":{\"callSid\":\"CA1\"}}");
                assertClosed(client, 1000);
            }
        });
    }

    @Test
    void twilio_sends_two_tracks_of_which_one_speaks_after_the_other() {
        assertTranscript(weather.text() + " " + airport.text(), 0.5, () -> {
            try (DoorClient client = DoorClient.connect(steno.base(), "telephony/twilio")) {
                client.text(twilioStart("\"inbound\",\"outbound\""));
                byte[] caller = silenceAfter(SentAudio.mulaw(weather.audio(), 8_000), 0, airport);
                byte[] agent = silenceAfter(SentAudio.mulaw(airport.audio(), 8_000), weather.audio().length / 4, null);
                for (int from = 0; from < Math.min(caller.length, agent.length); from += 160) {
                    client.audio(track("inbound"), Arrays.copyOfRange(caller, from, from + 160));
                    client.audio(track("outbound"), Arrays.copyOfRange(agent, from, from + 160));
                }
                client.text("{\"event\":\"stop\"}");
                assertClosed(client, 1000);
            }
        });
    }

    @Test
    void asterisk_sends_slin16_after_plain_text_and_hangs_up() {
        assertTranscript(weather.text(), 0.25, () -> {
            try (DoorClient client = asterisk("telephony/asterisk?language_code=en-US")) {
                assertThat(client.subprotocol()).isEqualTo("media");
                client.text("MEDIA_START connection_id:media_1 channel:WebSocket/steno-0 channel_id:1.1 format:slin16 "
                        + "optimal_frame_size:640 ptime:20");
                chunks(weather.audio(), 640, client::binary);
                client.text("DTMF_END digit:5 duration_ms:100");
            }
        });
    }

    /** All at once, so that messages still wait in the server when the connection has ended. */
    @Test
    void asterisk_sends_ulaw_after_json_and_hangs_up_at_once() {
        ByteArrayOutputStream call = new ByteArrayOutputStream();
        String start = "{\"event\":\"MEDIA_START\",\"connection_id\":\"media_1\",\"format\":\"ulaw\","
                + "\"optimal_frame_size\":160,\"ptime\":20,\"channel_variables\":{\"A\":\"b\"}}";
        call.writeBytes(RawSocket.frameBytes(RawSocket.FINAL_TEXT, start.getBytes(StandardCharsets.UTF_8)));
        chunks(
                SentAudio.mulaw(weather.audio(), 8_000),
                160,
                chunk -> call.writeBytes(RawSocket.frameBytes(RawSocket.FINAL_BINARY, chunk)));
        call.writeBytes(RawSocket.frameBytes(RawSocket.FINAL_CLOSE, NORMAL_CLOSURE));
        assertTranscript(weather.text(), 0.4, () -> {
            String path = steno.base().getPath() + "telephony/asterisk";
            try (RawSocket socket = RawSocket.openAt(steno.base(), path)) {
                socket.bytes(call.toByteArray());
                socket.awaitClose();
            }
        });
    }

    @Test
    void freeswitch_and_jambonz_send_metadata_and_two_channels() {
        assertTranscript(weather.text(), 0.4, () -> {
            try (DoorClient client =
                    DoorClient.connect(steno.base(), "telephony/fork", List.of("audio.jambonz.org"), Map.of())) {
                assertThat(client.subprotocol()).isEqualTo("audio.jambonz.org");
                client.text("{\"callSid\":\"c1\",\"from\":\"+49\",\"sampleRate\":8000,\"mixType\":\"stereo\"}");
                byte[] caller = SentAudio.pcm(weather.audio(), 8_000);
                chunks(SentAudio.stereo(caller, caller), 640, client::binary);
            }
        });
    }

    @Test
    void jambonz_is_told_the_words_and_closed_after_stop() {
        try (DoorClient client = DoorClient.connect(steno.base(), "telephony/jambonz-stt")) {
            client.text("{\"type\":\"start\",\"language\":\"en-US\",\"format\":\"raw\",\"encoding\":\"LINEAR16\","
                    + "\"interimResults\":true,\"sampleRateHz\":8000,\"options\":{}}");
            chunks(SentAudio.pcm(weather.audio(), 8_000), 320, client::binary);
            client.text("{\"type\":\"stop\"}");
            assertClosed(client, 1000);
            List<JsonObject> messages = client.rest();
            assertThat(messages).anyMatch(message -> !message.getBoolean("is_final"));
            String heard = messages.stream()
                    .filter(message -> message.getBoolean("is_final"))
                    .map(message -> message.getJsonArray("alternatives")
                            .getJsonObject(0)
                            .getString("transcript"))
                    .collect(Collectors.joining(" "));
            assertThat(WordErrorRate.of(weather.text(), heard).rate()).isLessThanOrEqualTo(0.4);
        }
    }

    @Test
    void says_why_it_closes_where_a_protocol_has_no_error() {
        try (DoorClient client = asterisk("telephony/asterisk")) {
            client.text("MEDIA_START format:opus");
            assertClosed(client, 1008);
            assertThat(client.awaitClose().getReasonPhrase()).contains("slin16");
        }
        try (DoorClient client = DoorClient.connect(steno.base(), "telephony/jambonz-stt")) {
            client.text("{\"type\":\"start\",\"language\":\"tlh\"}");
            assertThat(client.next().getString("type")).isEqualTo("error");
            assertClosed(client, 1000);
        }
    }

    private DoorClient asterisk(String path) {
        return DoorClient.connect(steno.base(), path, List.of("media"), Map.of());
    }

    private static String twilioStart(String tracks) {
        return "{\"event\":\"start\",\"sequenceNumber\":\"1\",\"start\":{\"accountSid\":\"AC1\",\"streamSid\":\"MZ1\","
                + "\"callSid\":\"CA1\",\"tracks\":[" + tracks + "],\"mediaFormat\":{\"encoding\":\"audio/x-mulaw\","
                + "\"sampleRate\":8000,\"channels\":1},\"customParameters\":{\"language_code\":\"en-US\",\"agent\":\"7\"}},"
                + "\"streamSid\":\"MZ1\"}";
    }

    private static String track(String name) {
        return MEDIA.replace("TRACK", name);
    }

    /** @param samples of silence before it; after it as much as another clip lasts */
    private static byte[] silenceAfter(byte[] mulaw, int samples, Clip after) {
        int length = samples + mulaw.length + (after == null ? 0 : after.audio().length / 4);
        byte[] padded = new byte[length / 160 * 160];
        Arrays.fill(padded, (byte) 0xFF);
        System.arraycopy(mulaw, 0, padded, samples, Math.min(mulaw.length, padded.length - samples));
        return padded;
    }

    private static void chunks(byte[] audio, int bytes, Consumer<byte[]> sink) {
        for (int from = 0; from < audio.length; from += bytes) {
            sink.accept(Arrays.copyOfRange(audio, from, Math.min(audio.length, from + bytes)));
        }
    }

    private static void assertClosed(DoorClient client, int code) {
        assertThat(client.awaitClose().getCloseCode().getCode()).isEqualTo(code);
    }

    /** One more transcript is stored, and holds what was said. */
    private void assertTranscript(String spoken, double mostErrors, Runnable call) {
        String begin = STEM.format(Instant.now()); // what an earlier test recorded may be stored meanwhile
        call.run();
        SharedSteno.awaitRecordings(steno, 0);
        Wait.until(Duration.ofMinutes(1), () -> "a transcript", () -> !transcripts(begin)
                .isEmpty());
        assertThat(transcripts(begin)).singleElement().satisfies(file -> assertThat(
                        WordErrorRate.of(spoken, Files.readString(file).replace('\n', ' '))
                                .rate())
                .isLessThanOrEqualTo(mostErrors));
    }

    private Set<Path> transcripts(String begin) {
        try (Stream<Path> files = Files.list(steno.archive())) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .filter(file -> file.getFileName().toString().compareTo(begin) >= 0)
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
