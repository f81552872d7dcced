package dev.steno.it;

import dev.steno.testing.Wait;
import jakarta.json.Json;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The WAR that the build made, as Arquillian deploys it, and where it then answers. */
final class DeployedWar {
    /** The server listens on loopback; what Arquillian injects is the address of the network card. */
    static final URI BASE = URI.create("http://127.0.0.1:" + System.getProperty("steno.http.port") + "/");

    private DeployedWar() {}

    /** What the server logged so far. */
    static String log() throws IOException {
        return Files.readString(Path.of(System.getProperty("steno.it.log").replace("%g", "0")));
    }

    /** Waits until the models are loaded and no recording of an earlier test still ends. */
    static void awaitIdle() {
        Wait.until(
                Duration.ofMinutes(3),
                () -> "readiness and no recordings",
                () -> answer("healthz/ready").isPresent() && runs(0));
    }

    /** Whether so many recordings run now. */
    static boolean runs(int recordings) {
        return answer("info")
                .map(info -> Json.createReader(new StringReader(info)).readObject())
                .filter(info -> info.getInt("recordings") == recordings)
                .isPresent();
    }

    private static Optional<String> answer(String path) {
        try (InputStream in = BASE.resolve(path).toURL().openStream()) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) { // also for a status other than 200
            return Optional.empty();
        }
    }

    static WebArchive archive() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("steno.war")));
    }
}
