package dev.steno.it;

import dev.steno.testing.Wait;
import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

    /** Waits until the models are loaded. */
    static void awaitReady() {
        Wait.until(Duration.ofMinutes(2), () -> "/healthz/ready", () -> {
            try {
                HttpURLConnection probe = (HttpURLConnection)
                        BASE.resolve("healthz/ready").toURL().openConnection();
                return probe.getResponseCode() == HttpURLConnection.HTTP_OK;
            } catch (IOException e) {
                return false;
            }
        });
    }

    static WebArchive archive() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("steno.war")));
    }
}
