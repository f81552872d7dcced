package dev.steno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.testing.Clip;
import dev.steno.testing.CutProxy;
import dev.steno.testing.Microphone;
import dev.steno.testing.Wait;
import dev.steno.testing.WordErrorRate;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command-line client in docs/examples, run as its documentation says. */
@ArquillianTest
class TranscribeExampleIT {
    private static final Clip CLIP = Clip.shipped("weather.wav");

    @TempDir
    private Path folder;

    @Deployment(testable = false)
    static WebArchive war() {
        return DeployedWar.archive();
    }

    @BeforeEach
    void awaitIdleServer() {
        DeployedWar.awaitIdle();
    }

    @Test
    void prints_what_a_file_says() throws Exception {
        Process program = transcribe(Microphone.file(CLIP.name()).toString(), webSocket(DeployedWar.BASE));
        assertThat(exitCode(program)).isZero();
        assertThat(WordErrorRate.of(CLIP.text(), spoken()).rate()).isLessThanOrEqualTo(0.2);
    }

    @Test
    void goes_on_after_a_cut() throws Exception {
        try (CutProxy network = new CutProxy(DeployedWar.BASE.getPort())) {
            Process program = transcribe(Microphone.file(CLIP.name()).toString(), webSocket(network.address()));
            Wait.until(Duration.ofMinutes(1), () -> "a recording", () -> DeployedWar.runs(1));
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

    private static String webSocket(URI base) {
        return "ws" + base.resolve("ws").toString().substring("http".length());
    }
}
