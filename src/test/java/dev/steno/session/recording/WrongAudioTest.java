package dev.steno.session.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrongAudioTest {
    private static final long SECOND = 1_000_000_000L;

    private final WrongAudio audio = new WrongAudio(0);

    @ParameterizedTest
    @CsvSource({"OggS,Ogg", "fLaC,FLAC", "ID3,MP3", "xxxxftyp,MP4", "FORM,AIFF", "caff,Core Audio", "#!AMR,AMR"})
    void names_a_container_and_refuses_all_of_it(String begins, String name) {
        byte[] chunk = Arrays.copyOf(begins.getBytes(StandardCharsets.US_ASCII), 3_200);
        assertThat(audio.refusal(chunk)).get().asString().contains(name, "16000 Hz");
        assertThat(audio.refusal(new byte[3_200])).get().asString().contains(name);
    }

    @Test
    void names_webm() {
        byte[] chunk = Arrays.copyOf(new byte[] {0x1a, 0x45, (byte) 0xdf, (byte) 0xa3}, 3_199);
        assertThat(audio.refusal(chunk)).get().asString().contains("WebM");
    }

    @Test
    void refuses_only_the_header_of_a_wav_file_that_fits() {
        assertThat(audio.refusal(wav(16_000, 1))).get().asString().contains("16000 Hz, 1 channels, 16 bits", "without");
        assertThat(audio.refusal(new byte[3_200])).isEmpty();
    }

    @Test
    void refuses_all_of_a_wav_file_that_does_not_fit() {
        assertThat(audio.refusal(wav(44_100, 2))).get().asString().contains("44100 Hz, 2 channels");
        assertThat(audio.refusal(new byte[3_200])).isPresent();
    }

    @Test
    void tells_floats_from_integers() {
        Random random = new Random(1);
        ByteBuffer floats = ByteBuffer.allocate(3_200).order(ByteOrder.LITTLE_ENDIAN);
        while (floats.hasRemaining()) {
            floats.putFloat((random.nextFloat() - 0.5f) / 4);
        }
        assertThat(audio.refusal(floats.array())).get().asString().contains("floating-point");
    }

    @Test
    void takes_noise_speech_and_silence() {
        for (int seed = 0; seed < 500; seed++) {
            byte[] noise = new byte[3_200];
            new Random(seed).nextBytes(noise);
            assertThat(new WrongAudio(0).refusal(noise)).isEmpty();
        }
        assertThat(new WrongAudio(0).refusal(new byte[3_200])).isEmpty();
        ByteBuffer tone = ByteBuffer.allocate(3_200).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 1_600; i++) {
            tone.putShort((short) (12_000 * Math.sin(i / 20.0)));
        }
        assertThat(new WrongAudio(0).refusal(tone.array())).isEmpty();
        byte[] level = new byte[3_200];
        Arrays.fill(level, (byte) '1');
        assertThat(new WrongAudio(0).refusal(level)).isEmpty();
    }

    @Test
    void tells_once_that_audio_comes_at_half_the_speed() {
        int told = 0;
        for (int second = 1; second <= 60; second++) {
            told += audio.onAccepted(16_000, second * SECOND).isPresent() ? 1 : 0;
        }
        assertThat(told).isEqualTo(1);
    }

    @Test
    void does_not_take_a_pause_for_slowness() {
        for (int second = 1; second <= 200; second++) {
            boolean paused = second / 50 % 2 == 1;
            assertThat(paused ? Optional.empty() : audio.onAccepted(32_000, second * SECOND))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"48000,48000 Hz", "44100,44100 Hz", "16000,''", "37000,''"})
    void explains_a_speed_that_a_sample_rate_has(int samples, String expected) {
        for (int second = 1; second <= 30; second++) {
            audio.onAccepted(samples * 2, second * SECOND);
        }
        String explanation = audio.explanation(30 * SECOND);
        if (expected.isEmpty()) {
            assertThat(explanation).isEmpty();
        } else {
            assertThat(explanation).contains(expected);
        }
    }

    private static byte[] wav(int rate, int channels) {
        ByteBuffer header = ByteBuffer.allocate(3_200).order(ByteOrder.LITTLE_ENDIAN);
        header.put("RIFF....WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) 1);
        header.putShort((short) channels)
                .putInt(rate)
                .putInt(rate * 2 * channels)
                .putShort((short) (2 * channels));
        return header.putShort((short) 16).array();
    }
}
