package dev.steno.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

class MessageCodecFuzzTest {
    /** A space before a frame changes nothing, except that the short way for usual audio is not taken. */
    @FuzzTest(maxDuration = "10m")
    void reads_or_refuses_every_frame_and_audio_by_both_ways_alike(byte[] input) {
        String frame = new String(input, StandardCharsets.UTF_8);
        assertThat(outcome(frame)).isEqualTo(outcome(" " + frame));
    }

    private static String outcome(String frame) {
        try {
            ClientMessage message = MessageCodec.decode(frame);
            return message instanceof ClientMessage.Audio audio ? Arrays.toString(audio.pcm()) : message.toString();
        } catch (RefusedMessageException e) {
            return e.code() + " " + e.getMessage();
        }
    }
}
