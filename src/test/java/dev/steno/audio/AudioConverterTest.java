package dev.steno.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.Random;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AudioConverterTest {
    private static final double AMPLITUDE = 8_000;

    @ParameterizedTest
    @ValueSource(ints = {8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 47_999, 48_000})
    void is_flat_to_nine_tenths_of_the_narrower_band_and_forty_decibel_down_beyond_it(int rate) {
        double band = Math.min(rate, 16_000) / 2.0;
        for (int step = 1; step <= 18; step++) {
            double frequency = band * 0.05 * step; // up to 90 %
            assertThat(gainDecibel(rate, frequency, frequency))
                    .as("%s Hz", frequency)
                    .isCloseTo(0, within(1.0));
        }
        for (int step = 0; rate > 16_000 && step <= 10; step++) {
            double frequency = band + (rate / 2.0 - band - 1) * step / 10;
            assertThat(loudestDecibel(rate, frequency)).as("%s Hz", frequency).isLessThan(-40);
        }
    }

    /** What is above the band of the input is an image of what is in it. */
    @ParameterizedTest
    @ValueSource(ints = {8_000, 11_025, 12_000})
    void leaves_no_images_above_the_band_of_a_lower_rate(int rate) {
        for (int step = 1; step <= 18; step++) {
            double frequency = rate / 2.0 * 0.05 * step;
            double image = rate - frequency;
            if (image < 8_000) {
                assertThat(gainDecibel(rate, frequency, image))
                        .as("%s Hz", frequency)
                        .isLessThan(-40);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 11_025, 22_050, 24_000, 44_100, 47_999, 48_000})
    void keeps_positions_and_lengths_whatever_the_chunks(int rate) {
        byte[] whole = sine(rate, 440, rate * 2 + 77);
        AudioConverter atOnce = new AudioConverter(new InputFormat(AudioEncoding.PCM, rate));
        byte[] expected = concat(atOnce.convert(whole), atOnce.drain());
        assertThat(expected.length / 2).isEqualTo((int) Math.round((rate * 2 + 77) * 16_000.0 / rate));

        AudioConverter inChunks = new AudioConverter(new InputFormat(AudioEncoding.PCM, rate));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Random random = new Random(1);
        for (int from = 0; from < whole.length; ) {
            int to = Math.min(whole.length, from + random.nextInt(3_000));
            out.writeBytes(inChunks.convert(Arrays.copyOfRange(whole, from, to)));
            long exact = (long) (to / 2) * 16_000 / rate;
            assertThat(out.size() / 2).isBetween((int) exact - 65, (int) exact + 1);
            from = to;
        }
        out.writeBytes(inChunks.drain());
        assertThat(out.toByteArray()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 24_000, 44_100, 48_000})
    void puts_a_click_where_it_was(int rate) {
        short[] samples = new short[rate];
        int place = rate / 2; // half a second
        samples[place] = 20_000;
        AudioConverter converter = new AudioConverter(new InputFormat(AudioEncoding.PCM, rate));
        short[] converted = shorts(concat(converter.convert(bytes(samples)), converter.drain()));
        int loudest = 0;
        for (int i = 0; i < converted.length; i++) {
            loudest = Math.abs(converted[i]) > Math.abs(converted[loudest]) ? i : loudest;
        }
        assertThat(loudest).isEqualTo(8_000);
    }

    @ParameterizedTest
    @EnumSource(
            value = AudioEncoding.class,
            names = {"MULAW", "ALAW"})
    void decodes_telephony_as_the_jdk_does(AudioEncoding encoding) throws IOException {
        byte[] codes = new byte[256];
        for (int code = 0; code < 256; code++) {
            codes[code] = (byte) code;
        }
        AudioFormat.Encoding known =
                encoding == AudioEncoding.MULAW ? AudioFormat.Encoding.ULAW : AudioFormat.Encoding.ALAW;
        AudioInputStream stream = new AudioInputStream(
                new ByteArrayInputStream(codes), new AudioFormat(known, 16_000, 8, 1, 1, 16_000, false), 256);
        byte[] expected = AudioSystem.getAudioInputStream(new AudioFormat(16_000, 16, 1, true, false), stream)
                .readAllBytes();
        assertThat(new AudioConverter(new InputFormat(encoding, 16_000)).convert(codes))
                .isEqualTo(expected);
    }

    @Test
    void averages_two_channels() {
        AudioConverter converter = new AudioConverter(new InputFormat(AudioEncoding.PCM, 16_000, 2));
        short[] mono = shorts(converter.convert(bytes(new short[] {100, 300, -32_768, -32_768, 32_767, -32_767})));
        assertThat(mono).containsExactly((short) 200, (short) -32_768, (short) 0);
    }

    @Test
    void changes_nothing_of_what_has_the_format_already() {
        byte[] audio = sine(16_000, 440, 100);
        AudioConverter converter = new AudioConverter(InputFormat.NATIVE);
        assertThat(converter.convert(audio)).isSameAs(audio);
        assertThat(converter.drain()).isEmpty();
    }

    @Test
    void joins_samples_that_were_cut() {
        AudioConverter converter = new AudioConverter(InputFormat.NATIVE);
        assertThat(converter.convert(new byte[] {1, 2, 3})).containsExactly(1, 2);
        assertThat(converter.convert(new byte[] {})).isEmpty();
        assertThat(converter.convert(new byte[] {4, 5, 6})).containsExactly(3, 4, 5, 6);
    }

    @Test
    void clips_what_is_too_loud() {
        short[] square = new short[8_000];
        for (int i = 0; i < square.length; i++) {
            square[i] = i / 20 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
        }
        AudioConverter converter = new AudioConverter(new InputFormat(AudioEncoding.PCM, 8_000));
        short[] converted = shorts(converter.convert(bytes(square)));
        for (int i = 100; i < converted.length - 100; i++) {
            if (i % 40 > 1 && i % 40 < 39) {
                assertThat(converted[i] > 0).as("sample %d", i).isEqualTo(i / 40 % 2 == 0);
            }
        }
    }

    @Test
    void refuses_rates_and_channels_that_it_cannot_convert() {
        assertThatThrownBy(() -> new InputFormat(AudioEncoding.PCM, 7_999)).hasMessageContaining("8000");
        assertThatThrownBy(() -> new InputFormat(AudioEncoding.PCM, 48_001)).hasMessageContaining("48000");
        assertThatThrownBy(() -> new InputFormat(AudioEncoding.PCM, 8_000, 3)).hasMessageContaining("channel");
    }

    /** How loud a frequency is after the conversion of a tone of another one, or of the same. */
    private static double gainDecibel(int rate, double frequency, double measured) {
        short[] converted = convertedSine(rate, frequency);
        double real = 0;
        double imaginary = 0;
        double weights = 0;
        int margin = 800; // the filter's beginning and end
        for (int i = margin; i < converted.length - margin; i++) {
            double position = (double) (i - margin) / (converted.length - 2 * margin);
            double window = Math.pow(Math.sin(Math.PI * position), 4);
            double angle = 2 * Math.PI * measured * i / 16_000;
            real += window * converted[i] * Math.cos(angle);
            imaginary += window * converted[i] * Math.sin(angle);
            weights += window;
        }
        return 20 * Math.log10(Math.hypot(real, imaginary) * 2 / weights / AMPLITUDE + 1e-9);
    }

    private static double loudestDecibel(int rate, double frequency) {
        short[] converted = convertedSine(rate, frequency);
        int loudest = 1;
        for (int i = 800; i < converted.length - 800; i++) {
            loudest = Math.max(loudest, Math.abs(converted[i]));
        }
        return 20 * Math.log10(loudest / AMPLITUDE);
    }

    private static short[] convertedSine(int rate, double frequency) {
        AudioConverter converter = new AudioConverter(new InputFormat(AudioEncoding.PCM, rate));
        return shorts(concat(converter.convert(sine(rate, frequency, rate / 2)), converter.drain()));
    }

    private static byte[] sine(int rate, double frequency, int samples) {
        short[] sine = new short[samples];
        for (int i = 0; i < samples; i++) {
            sine[i] = (short) Math.round(AMPLITUDE * Math.sin(2 * Math.PI * frequency * i / rate));
        }
        return bytes(sine);
    }

    private static byte[] bytes(short[] samples) {
        ByteBuffer bytes = ByteBuffer.allocate(samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(samples);
        return bytes.array();
    }

    private static short[] shorts(byte[] bytes) {
        ShortBuffer buffer =
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        short[] samples = new short[buffer.remaining()];
        buffer.get(samples);
        return samples;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
