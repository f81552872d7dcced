package dev.steno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.testing.Clip;
import dev.steno.testing.Microphone;
import dev.steno.testing.StenoClient;
import dev.steno.testing.WordErrorRate;
import java.io.File;
import java.net.URI;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The built WAR as Arquillian deploys it; what it then can do, the other tests ask on every server. */
@ArquillianTest
@EnabledIfSystemProperty(
        named = "steno.server",
        matches = "payara-micro",
        disabledReason = "Arquillian's container is Payara Micro")
@DisabledIfSystemProperty(named = "steno.slim", matches = "true", disabledReason = SharedSteno.SLIM)
class ArquillianIT {
    @Deployment(testable = false)
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("steno.war")));
    }

    @Test
    void transcribes_when_arquillian_has_deployed_it(@ArquillianResource URL deployed) {
        // The server listens on loopback; Arquillian tells the address of the network card.
        URI base = URI.create("http://127.0.0.1:" + deployed.getPort() + "/");
        Clip clip = Clip.shipped("airport.wav");
        try (StenoClient client = StenoClient.connect(base)) {
            Microphone.chunks(clip.audio()).forEach(client::binary);
            client.control("stop");
            client.await("saved");
            assertThat(WordErrorRate.of(clip.text(), client.text()).rate()).isLessThanOrEqualTo(0.3);
        }
    }
}
