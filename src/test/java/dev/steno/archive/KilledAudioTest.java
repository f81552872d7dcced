package dev.steno.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steno.testing.s3.S3Server;
import dev.steno.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kill -9 at random moments of recordings with audio, and of their uploads: each is stored with its audio, up to what
 * the journal knew, and no part of an upload stays. The long form: {@code -Dsteno.audio.rounds=17} kills 51 recordings.
 */
class KilledAudioTest {
    private static final int ROUNDS = Integer.getInteger("steno.audio.rounds", 1);
    private static final int RECORDINGS = 3;
    private static final int HEADER = 44;

    private final S3Server s3 = S3Server.start();
    private final Random random = new Random();
    private final Map<SessionId, Integer> settled = new HashMap<>();
    private int whole;

    @TempDir
    private Path journals;

    @AfterEach
    void stop() {
        s3.close();
    }

    @Test
    void keeps_the_audio_that_the_journal_knows_and_leaves_no_parts() throws Exception {
        Map<String, String> settings = s3.settings();
        settings.put("ARCHIVE_AUDIO", "wav");
        for (int round = 0; round < ROUNDS; round++) {
            settled.clear();
            try (AudioProgram program = AudioProgram.record(journals, settings, RECORDINGS)) {
                kill(program, random.nextInt(RECORDINGS * 10), random.nextInt(500));
            }
            try (AudioProgram program = AudioProgram.recover(journals, settings)) {
                kill(program, 0, 300 + random.nextInt(1_500));
            }
            try (AudioProgram program = AudioProgram.recover(journals, settings)) {
                assertThat(program.readLine()).isEqualTo("done");
            }
            for (Map.Entry<SessionId, Integer> each : settled.entrySet()) {
                assertStored(each.getKey(), each.getValue());
            }
            assertThat(s3.uploads()).isZero();
            assertThat(TestFiles.below(journals)).isEmpty();
            s3.clear();
        }
        System.getLogger(KilledAudioTest.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "{0} rounds with {1} recordings each; {2} had been stopped before the kill.",
                        ROUNDS,
                        RECORDINGS,
                        whole);
    }

    /** After so many positions that it told, and a while. */
    private void kill(AudioProgram program, int lines, int millis) throws IOException, InterruptedException {
        for (int i = 0; i <= lines && lines > 0; i++) {
            note(program.readLine());
        }
        Thread.sleep(millis);
        program.kill();
        for (String line = program.readLine(); line != null; line = program.readLine()) {
            note(line);
        }
    }

    private void note(String line) {
        if (line != null && !line.equals("done")) {
            String[] words = line.split(" ", -1);
            settled.put(SessionId.parse(words[0]), Integer.valueOf(words[1]));
        }
    }

    private void assertStored(SessionId id, int known) {
        String json = s3.keys().stream()
                .filter(key -> key.endsWith(".json"))
                .filter(key -> s3.text(key).orElseThrow().contains(id.toString()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Recording " + id + " is not stored."));
        byte[] wav = s3.bytes(json.replace(".json", ".wav")).orElseThrow();
        assertThat(s3.text(json).orElseThrow()).contains("\"bytes\":" + wav.length + ",");
        byte[] stored = Arrays.copyOfRange(wav, HEADER, wav.length);
        byte[] sent = AudioProgram.audio(id);
        assertThat(stored.length).isGreaterThanOrEqualTo(known);
        assertThat(Arrays.equals(stored, Arrays.copyOf(sent, stored.length)))
                .as("audio of " + id)
                .isTrue();
        double duration =
                Double.parseDouble(s3.text(json).orElseThrow().replaceAll("(?s).*\"duration\":([0-9.]+).*", "$1"));
        assertThat(stored.length).isCloseTo((int) (duration * 32_000), within(32));
        whole += stored.length == sent.length ? 1 : 0;
    }
}
