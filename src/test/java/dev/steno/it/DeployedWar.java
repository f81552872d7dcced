package dev.steno.it;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
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

    static WebArchive archive() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("steno.war")));
    }
}
