package dev.steno.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import dev.steno.transcript.SessionId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSpoolTest {
    private final AudioSpools spools = new AudioSpools(true, 0);
    private final SessionId recording = SessionId.random();
    private final byte[] audio = new byte[200_000];

    @TempDir
    private Path folder;

    private AudioSpool spool;

    @BeforeEach
    void begin() {
        new Random(1).nextBytes(audio);
        spools.within(folder);
        spool = spools.open(recording);
    }

    @Test
    void makes_a_wav_file_of_exactly_what_was_taken() throws Exception {
        for (int at = 0; at < audio.length; at += 3_200) {
            if (spool.add(at, Arrays.copyOfRange(audio, at, Math.min(audio.length, at + 3_200)))) {
                spool.write();
            }
        }

        WavFile wav = spool.finish().orElseThrow();

        assertThat(wav.bytes()).isEqualTo(Files.size(wav.path())).isEqualTo(audio.length + 44);
        try (AudioInputStream read =
                AudioSystem.getAudioInputStream(new ByteArrayInputStream(Files.readAllBytes(wav.path())))) {
            assertThat(read.getFormat().getSampleRate()).isEqualTo(16_000);
            assertThat(read.getFormat().getChannels()).isEqualTo(1);
            assertThat(read.getFormat().getSampleSizeInBits()).isEqualTo(16);
            assertThat(read.getFormat().isBigEndian()).isFalse();
            assertThat(read.readAllBytes()).isEqualTo(audio);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(wav.path())))
                .isEqualTo("rw-------");
        assertThat(spool.finish()).contains(wav);
    }

    @Test
    void is_asked_to_write_once_for_each_two_seconds() {
        assertThat(spool.add(0, new byte[60_000])).isFalse();
        assertThat(spool.add(60_000, new byte[4_000])).isTrue();
        assertThat(spool.add(64_000, new byte[4_000])).isFalse();
        spool.write();
        assertThat(spool.add(68_000, new byte[64_000])).isTrue();
    }

    @Test
    void has_silence_where_the_client_had_no_audio_any_more() throws Exception {
        spool.add(0, part(0, 1_000));
        spool.add(5_000, part(5_000, 6_000));

        byte[] expected = new byte[6_000];
        System.arraycopy(audio, 0, expected, 0, 1_000);
        System.arraycopy(audio, 5_000, expected, 5_000, 1_000);
        assertThat(stored(spool)).isEqualTo(expected);
    }

    @Test
    void goes_on_at_the_position_at_which_the_client_resumes() throws Exception {
        spool.add(0, part(0, 10_000));
        spool.force();
        spool.add(10_000, part(10_000, 20_000)); // dies with the process

        AudioSpool next = spools.existing(recording);
        next.resume(8_000);
        next.add(8_000, part(8_000, 15_000));

        assertThat(stored(next)).isEqualTo(part(0, 15_000));
    }

    @Test
    void has_no_more_than_the_journal_knows_of_a_recording_that_nobody_resumes() throws Exception {
        spool.add(0, part(0, 10_001)); // a process may die between two bytes
        spool.force();

        AudioSpool next = spools.existing(recording);
        next.cut(8_000);
        assertThat(stored(next)).isEqualTo(part(0, 8_000));
        next.cut(9_000);
        assertThat(stored(next)).isEqualTo(part(0, 8_000));
    }

    @Test
    void keeps_no_end_of_a_recording_whose_beginning_was_not_kept() {
        AudioSpool late = spools.existing(recording);
        late.resume(8_000);
        late.add(8_000, part(8_000, 10_000));

        assertThat(late.finish()).isEmpty();
        assertThat(spools.dropped()).isEqualTo(1);
    }

    @Test
    void begins_anew_where_a_process_died_before_it_wrote_any_audio() throws Exception {
        AudioSpool late = spools.existing(recording);
        late.resume(0);
        late.add(0, part(0, 2_000));

        assertThat(stored(late)).isEqualTo(part(0, 2_000));
    }

    @Test
    void gives_the_audio_up_when_the_disk_does_not_take_it() throws Exception {
        Files.createFile(folder.resolve("audio"));

        spool.add(0, part(0, 100_000));
        spool.write();

        assertThat(spool.finish()).isEmpty();
        assertThat(spool.add(100_000, part(0, 100_000))).isFalse();
        assertThat(spools.dropped()).isEqualTo(1);
    }

    @Test
    void leaves_the_last_of_the_disk_to_journals() {
        AudioSpools careful = new AudioSpools(true, Long.MAX_VALUE);
        careful.within(folder);
        AudioSpool first = careful.open(recording);

        first.add(0, part(0, 100_000));
        first.force();

        assertThat(first.finish()).isEmpty();
        assertThat(folder.resolve("audio"))
                .satisfiesAnyOf(none -> assertThat(none).doesNotExist(), empty -> assertThat(empty)
                        .isEmptyDirectory());
    }

    @Test
    void holds_two_minutes_in_memory_at_most() {
        int second = 32_000;
        for (int i = 0; i < 120; i++) {
            spool.add((long) i * second, new byte[second]);
        }
        assertThat(spools.dropped()).isZero();
        spool.add(120L * second, new byte[second]);

        assertThat(spools.dropped()).isEqualTo(1);
        spool.write();
        assertThat(spool.finish()).isEmpty();
    }

    @Test
    void does_not_make_silence_of_a_position_that_cannot_be() {
        spool.add(0, part(0, 1_000));
        spool.add(Long.MAX_VALUE / 2, part(0, 1_000));

        assertThat(spool.finish()).isEmpty();
        assertThat(spools.dropped()).isEqualTo(1);
    }

    @Test
    void leaves_nothing_when_it_is_deleted() {
        spool.add(0, part(0, 100_000));
        spool.write();

        spool.delete();

        assertThat(folder.resolve("audio")).isEmptyDirectory();
        assertThat(spool.finish()).isEmpty();
        assertThat(spools.dropped()).isZero();
    }

    @Test
    void keeps_none_and_deletes_what_is_left_when_it_is_off() throws Exception {
        spool.add(0, part(0, 1_000));
        spool.force();
        AudioSpools off = new AudioSpools(settings(Map.of()));
        off.within(folder);

        assertThat(off.on()).isFalse();
        assertThat(off.open(recording)).isSameAs(AudioSpool.NONE);
        assertThat(off.existing(recording)).isSameAs(AudioSpool.NONE);
        assertThat(folder.resolve("audio")).isEmptyDirectory();
    }

    @Test
    void is_refused_where_audio_must_not_be_kept() {
        assertThat(new AudioSpools(settings(Map.of("ARCHIVE_AUDIO", "wav"))).on())
                .isTrue();
        assertThat(new AudioSpools(settings(Map.of("ARCHIVE_AUDIO", "off", "CLUSTER_URL", "redis://a"))).on())
                .isFalse();
        assertThatThrownBy(() -> new AudioSpools(settings(Map.of("ARCHIVE_AUDIO", "mp3"))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("off, wav");
        assertThatThrownBy(() -> new AudioSpools(settings(Map.of("ARCHIVE_AUDIO", "wav", "CLUSTER_URL", "redis://a"))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("CLUSTER_URL");
        assertThatThrownBy(() -> new AudioSpools(
                        settings(Map.of("ARCHIVE_AUDIO", "wav", "TRANSCRIBE_CONTENT_REDACTION_TYPE", "PII"))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("TRANSCRIBE_CONTENT_REDACTION_TYPE");
    }

    private static Settings settings(Map<String, String> values) {
        return new Settings(key -> Optional.ofNullable(values.get(key)));
    }

    private byte[] part(int from, int to) {
        return Arrays.copyOfRange(audio, from, to);
    }

    private static byte[] stored(AudioSpool spool) throws IOException {
        byte[] wav = Files.readAllBytes(spool.finish().orElseThrow().path());
        return Arrays.copyOfRange(wav, WavHeader.BYTES, wav.length);
    }
}
