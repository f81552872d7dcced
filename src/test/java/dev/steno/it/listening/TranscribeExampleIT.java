package dev.steno.it.listening;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.it.SharedSteno;
import dev.steno.testing.Clip;
import dev.steno.testing.CutProxy;
import dev.steno.testing.Microphone;
import dev.steno.testing.StenoClient;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.WordErrorRate;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The command-line client in docs/examples, run as its documentation says. */
@DisabledIfSystemProperty(named = "steno.slim", matches = "true", disabledReason = SharedSteno.SLIM)
class TranscribeExampleIT {
    private static final Clip CLIP = Clip.shipped("weather.wav");

    @TempDir
    private Path folder;

    private final StenoProcess steno = SharedSteno.listening();

    @Test
    void prints_what_a_file_says() throws Exception {
        Process program = transcribe(
                Microphone.file(CLIP.name()).toString(),
                StenoClient.address(steno.base()).toString());
        assertThat(exitCode(program)).isZero();
        assertThat(WordErrorRate.of(CLIP.text(), spoken()).rate()).isLessThanOrEqualTo(0.2);
    }

    @Test
    void goes_on_after_a_cut() throws Exception {
        try (CutProxy network = new CutProxy(steno.base())) {
            Process program = transcribe(
                    Microphone.file(CLIP.name()).toString(),
                    StenoClient.address(network.address()).toString());
            SharedSteno.awaitRecordings(steno, 1);
            network.cut();
            assertThat(exitCode(program)).isZero();
            assertThat(WordErrorRate.of(CLIP.text(), spoken()).rate()).isLessThanOrEqualTo(0.2);
        }
    }

    @Test
    void says_what_is_wrong_with_a_file_an_address_or_the_server() throws Exception {
        Path text = Files.writeString(folder.resolve("text.wav"), "no sound");
        assertThat(exitCode(transcribe(text.toString()))).isEqualTo(2);
        assertThat(complaints()).contains("no WAV file that Java can convert");
        assertThat(exitCode(transcribe(folder.resolve("none.wav").toString()))).isEqualTo(2);
        assertThat(complaints()).contains("Cannot read");
        assertThat(exitCode(transcribe())).isEqualTo(2);
        assertThat(complaints()).contains("Usage:");
        String clip = Microphone.file(CLIP.name()).toString();
        assertThat(exitCode(transcribe(clip, "http://localhost/"))).isEqualTo(2);
        assertThat(exitCode(transcribe(clip, "ws://127.0.0.1:1/ws"))).isEqualTo(3);
        assertThat(complaints()).contains("Does Steno run there?");
    }

    private Process transcribe(String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "docs/examples/Transcribe.java");
        builder.command().addAll(List.of(arguments));
        return builder.redirectOutput(file("out")).redirectError(file("err")).start();
    }

    private static int exitCode(Process program) throws InterruptedException {
        try {
            assertThat(program.waitFor(2, TimeUnit.MINUTES)).isTrue();
            return program.exitValue();
        } finally {
            program.destroyForcibly();
        }
    }

    private File file(String name) {
        return folder.resolve(name).toFile();
    }

    private String spoken() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    private String complaints() throws IOException {
        return Files.readString(folder.resolve("err"));
    }
}
