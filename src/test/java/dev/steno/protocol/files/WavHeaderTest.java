package dev.steno.protocol.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steno.transcript.AudioFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WavHeaderTest {
    @TempDir
    private Path folder;

    private UploadFile file(byte[] bytes) throws IOException {
        UploadFile file =
                UploadFile.create(Files.createTempDirectory(folder, "up").resolve("a.upload"));
        file.add(bytes, 0, bytes.length);
        return file;
    }

    private WavHeader header(byte[] bytes) throws Exception {
        try (UploadFile file = file(bytes)) {
            return WavHeader.read(file);
        }
    }

    private static byte[] wav(int tag, int channels, int rate, int bits, long declared, byte[] data) {
        ByteBuffer wav = ByteBuffer.allocate(44 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.ISO_8859_1)).putInt(36 + data.length);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.ISO_8859_1)).putInt(16);
        wav.putShort((short) tag).putShort((short) channels).putInt(rate);
        wav.putInt(rate * channels * bits / 8)
                .putShort((short) (channels * bits / 8))
                .putShort((short) bits);
        wav.put("data".getBytes(StandardCharsets.ISO_8859_1))
                .putInt((int) declared)
                .put(data);
        return wav.array();
    }

    /** A tone of 1 s, as one would record it. */
    private static byte[] tone(int tag, int channels, int rate, int bits) {
        ByteBuffer data = ByteBuffer.allocate(rate * channels * bits / 8).order(ByteOrder.LITTLE_ENDIAN);
        for (int frame = 0; frame < rate; frame++) {
            double value = 0.5 * Math.sin(2 * Math.PI * 440 * frame / rate);
            for (int channel = 0; channel < channels; channel++) {
                put(data, tag, bits, value);
            }
        }
        return data.array();
    }

    private static void put(ByteBuffer data, int tag, int bits, double value) {
        if (tag == WavHeader.FLOAT) {
            if (bits == 32) {
                data.putFloat((float) value);
            } else {
                data.putDouble(value);
            }
            return;
        }
        switch (bits) {
            case 8 -> data.put((byte) (128 + Math.round(value * 127)));
            case 16 -> data.putShort((short) Math.round(value * 32_767));
            case 24 -> {
                int sample = (int) Math.round(value * 8_388_607);
                data.putShort((short) sample).put((byte) (sample >> 16));
            }
            default -> data.putInt((int) Math.round(value * 2_147_483_647.0));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1,1,16000,8",
        "1,1,16000,16",
        "1,2,44100,16",
        "1,2,48000,24",
        "1,1,22050,32",
        "3,1,16000,32",
        "3,2,8000,64"
    })
    void reads_what_people_record(int tag, int channels, int rate, int bits) throws Exception {
        byte[] data = tone(tag, channels, rate, bits);
        try (UploadFile file = file(wav(tag, channels, rate, bits, data.length, data))) {
            WavHeader header = WavHeader.read(file);
            assertThat(header.seconds()).isCloseTo(1, within(1e-9));
            WavAudio audio = new WavAudio(file, header);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (byte[] next = audio.next(); next != null; next = audio.next()) {
                all.writeBytes(next);
            }
            ByteBuffer pcm = ByteBuffer.wrap(all.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
            assertThat(pcm.remaining()).isCloseTo(AudioFormat.BYTES_PER_SECOND, within(4));
            for (int sample = 2_000; sample < 14_000; sample++) {
                double expected = 0.5 * Math.sin(2 * Math.PI * 440 * sample / 16_000) * 32_768;
                assertThat((double) pcm.getShort(2 * sample)).isCloseTo(expected, within(400.0));
            }
        }
    }

    @Test
    void trusts_the_file_more_than_its_sizes() throws Exception {
        byte[] data = new byte[3_201];
        for (long declared : new long[] {0, 0xFFFF_FFFFL, 0x7FFF_FFFFL, data.length}) {
            WavHeader header = header(wav(1, 1, 16_000, 16, declared, data));
            assertThat(header.start()).isEqualTo(44);
            assertThat(header.length()).isEqualTo(3_200);
        }
        assertThat(header(wav(1, 1, 16_000, 16, 1_000, data)).length()).isEqualTo(1_000);
        assertThat(header(wav(1, 1, 16_000, 16, 0, new byte[0])).length()).isZero();
    }

    @Test
    void finds_the_samples_behind_other_chunks_and_in_the_extensible_form() throws Exception {
        ByteBuffer wav = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RF64".getBytes(StandardCharsets.ISO_8859_1)).putInt(-1);
        wav.put("WAVEJUNK".getBytes(StandardCharsets.ISO_8859_1))
                .putInt(3)
                .putInt(0); // odd, so a byte of padding follows
        wav.put("fmt ".getBytes(StandardCharsets.ISO_8859_1)).putInt(40);
        wav.putShort((short) 0xFFFE).putShort((short) 1).putInt(8_000).putInt(8_000);
        wav.putShort((short) 1)
                .putShort((short) 8)
                .putShort((short) 22)
                .putShort((short) 8)
                .putInt(4);
        wav.putShort((short) WavHeader.MULAW).position(wav.position() + 14);
        wav.put("data".getBytes(StandardCharsets.ISO_8859_1)).putInt(-1);
        WavHeader header = header(wav.array());
        assertThat(header.samples()).isEqualTo(SampleFormat.MULAW);
        assertThat(header.length()).isEqualTo(200 - header.start());
    }

    @ParameterizedTest
    @CsvSource({
        "1,3,16000,16,channel", "1,0,16000,16,channel", "1,1,4000,16,8000", "1,1,96000,16,48000", "1,1,-1,16,8000",
        "1,1,16000,12,12 bits", "2,1,16000,4,ADPCM", "85,1,16000,0,MP3", "49,1,8000,0,GSM", "3,1,16000,16,floats",
        "4660,1,16000,16,0x1234"
    })
    void names_what_a_wav_file_holds_that_is_not_read(int tag, int channels, int rate, int bits, String named) {
        assertThatThrownBy(() -> header(wav(tag, channels, rate, bits, 2, new byte[2])))
                .isInstanceOf(RefusedRequestException.class)
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource({
        "OggS,Ogg",
        "fLaC,FLAC",
        "ID3,MP3",
        "....ftypM4A,M4A",
        "'\u001aE\u00df\u00a3',WebM",
        "\u00ff\u00fb\u0090,MP3",
        "\u00ff\u00f1P,AAC",
        "FORM,AIFF",
        "<html>,no audio",
        "RIFF,no audio",
        "'RIFF....AVI ',AVI"
    })
    void names_what_is_no_wav_file(String begin, String named) {
        assertThatThrownBy(() -> header((begin + "........................").getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOfSatisfying(RefusedRequestException.class, e -> {
                    assertThat(e.getMessage()).contains(named).contains("Send a WAV file");
                    assertThat(e.json()).contains("\"param\":\"file\"", "unsupported_format");
                });
    }

    @Test
    void refuses_files_that_end_in_their_header() throws Exception {
        byte[] whole = wav(1, 1, 16_000, 16, 2, new byte[2]);
        for (int length = 0; length < 44; length++) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> header(cut)).as(length + " bytes").isInstanceOf(RefusedRequestException.class);
        }
        Random random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            byte[] broken = whole.clone();
            for (int changes = 0; changes < 4; changes++) {
                broken[12 + random.nextInt(32)] = (byte) random.nextInt();
            }
            try {
                assertThat(header(broken).length()).isBetween(0L, (long) broken.length);
            } catch (RefusedRequestException e) {
                assertThat(e.status()).isEqualTo(400);
            }
        }
    }
}
