package dev.steno.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steno.testing.Ports;
import dev.steno.testing.RedeployingPayara;
import dev.steno.testing.ServerJvm;
import dev.steno.testing.StenoClient;
import dev.steno.testing.Wait;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Steno is deployed again and again in one server, with recordings in between; takes half a minute a deployment on a
 * busy machine, so only when asked for: {@code ./mvnw verify -Dit.test=RedeployIT -Dsteno.redeployments=10}.
 */
class RedeployIT {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** What Payara itself keeps of applications that are gone, until it has others to keep. */
    private static final int KEPT_LOADERS = 6;

    private static final String LOADERS = "org.glassfish.web.loader.WebappClassLoader";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS) // the log says why
    private Path folder;

    private final int rounds = Integer.getInteger("steno.redeployments", 0);
    private final URI base = URI.create("http://127.0.0.1:" + Ports.free() + "/");

    @Test
    void leaves_nothing_of_a_deployment_that_is_gone() throws Exception {
        assumeTrue(rounds > 0, "steno.redeployments says how many");
        assumeTrue(System.getProperty("steno.server").equals("payara-micro"), "for Payara Micro only");
        Path log = folder.resolve("console.log");
        try (AmazonStandIns amazon = new AmazonStandIns()) {
            Process payara = start(amazon.settings(
                    "TRANSCRIPTION_ENGINE", "amazon-transcribe", "S3_BUCKET", "", "JAVA_TOOL_OPTIONS", "-Xmx512m"));
            try (ServerJvm server = ServerJvm.attach(payara.pid())) {
                redeploy(payara, server, log);
            } finally {
                payara.destroyForcibly().waitFor();
            }
        }
        assertThat(Files.readString(log)).doesNotContain("zip file closed", "OutOfMemoryError");
    }

    private Process start(Map<String, String> settings) throws IOException {
        ProcessBuilder command = RedeployingPayara.command(
                Path.of(System.getProperty("payara.microJar")),
                Path.of(System.getProperty("steno.war")),
                base.getPort(),
                folder.resolve("payara"));
        command.environment().putAll(settings);
        command.environment().put("ARCHIVE_DIR", folder.resolve("transcripts").toString());
        return command.redirectErrorStream(true)
                .redirectOutput(folder.resolve("console.log").toFile())
                .start();
    }

    private void redeploy(Process payara, ServerJvm server, Path log) throws Exception {
        OutputStream commands = payara.getOutputStream();
        for (int round = 1; round <= rounds + 1; round++) {
            String deployed = RedeployingPayara.deployed(round);
            Wait.until(
                    PATIENCE,
                    () -> deployed + "\n" + read(log),
                    () -> !payara.isAlive() || read(log).contains(deployed));
            assertThat(payara.isAlive()).as(() -> read(log)).isTrue();
            Wait.until(PATIENCE, () -> "readiness\n" + read(log), this::isReady);
            record();
            record();
            double heap = server.liveHeapMebibytes();
            int loaders = server.instances(LOADERS);
            System.out.printf(
                    "Deployment %d: %d class loaders, metaspace %.0f MiB, live heap %.0f MiB, %d threads%n",
                    round, loaders, server.metaspaceMebibytes(), heap, server.threads());
            assertThat(loaders).isLessThanOrEqualTo(KEPT_LOADERS);
            commands.write('\n');
            commands.flush();
        }
    }

    private boolean isReady() {
        try {
            HttpURLConnection ready =
                    (HttpURLConnection) base.resolve("healthz/ready").toURL().openConnection();
            return ready.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    private void record() {
        byte[] speech = AmazonStandIns.audio(3);
        try (StenoClient client = StenoClient.connect(base)) {
            AmazonStandIns.send(client, speech);
            client.control("stop");
            client.await("saved");
            assertThat(client.text() + "\n").isEqualTo(AmazonStandIns.text(speech));
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
