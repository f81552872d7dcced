package dev.steno.it.amazon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.it.AmazonStandIns;
import dev.steno.it.SharedSteno;
import dev.steno.testing.StenoClient;
import dev.steno.testing.StenoProcess;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Everything that answers to a GET, at a context root other than the server's. */
class AddressesIT {
    /** As browsers speak without TLS. Open Liberty never answers an upgrade to HTTP/2 for the page without its name. */
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final StenoProcess steno = SharedSteno.onAmazon();

    @Test
    void answers_the_page_under_both_names() throws Exception {
        assertThat(get("").body()).contains("<title>Steno");
        assertThat(get("simple_client.html").body()).isEqualTo(get("").body());
        assertThat(get("js/app.js").headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).contains("javascript"));
    }

    @Test
    void answers_what_a_page_needs_to_know() throws Exception {
        JsonObject info = json(get("info").body());
        assertThat(info.getString("engine")).isEqualTo("amazon-transcribe");
        assertThat(info.getString("version")).doesNotContain("$");
    }

    @Test
    void answers_health_where_the_server_has_it_and_healthz_everywhere() throws Exception {
        Stream<String> ofServer = steno.servesHealth()
                ? Stream.of("/health", "/health/live", "/health/ready", "/health/started")
                : Stream.of();
        Stream<String> own = Stream.of("healthz", "healthz/live", "healthz/ready", "healthz/started");
        for (String path : Stream.concat(ofServer, own).toList()) {
            HttpResponse<String> health = get(path);
            assertThat(health.statusCode()).as(path).isEqualTo(200);
            assertThat(json(health.body()).getString("status")).as(path).isEqualTo("UP");
        }
        for (String path : steno.servesHealth() ? List.of("/health", "healthz") : List.of("healthz")) {
            assertThat(json(get(path).body()).getJsonArray("checks").getValuesAs(JsonObject.class))
                    .as(path)
                    .extracting(check -> check.getString("name"))
                    .contains("steno", "recognizer-start", "recognizer", "archive", "recordings");
        }
        assertThat(json(get("healthz/ready").body()).getJsonArray("checks").getValuesAs(JsonObject.class))
                .extracting(check -> check.getString("name"))
                .containsExactlyInAnyOrder("recognizer", "archive", "recordings", "library", "cluster");
        assertThat(get("healthz").body()).as("asked from this machine").contains("\"limit\"", "s3://");
        if (steno.servesHealth()) {
            assertThat(get("/health").body()).as("data for strangers").doesNotContain("\"limit\"", "s3://");
        }
        assertThat(getThroughProxy("healthz").body()).doesNotContain("\"data\"", "s3://");
        assertThat(get("healthz/nonsense").statusCode()).isEqualTo(404);
    }

    /** After a first request to the server's own health address, see {@link SharedSteno}. */
    @Test
    void transcribes() {
        byte[] audio = AmazonStandIns.audio(0.4);
        try (StenoClient client = StenoClient.connect(steno.base())) {
            AmazonStandIns.send(client, audio);
            client.control("stop");
            client.await("transcript", message -> message.getBoolean("is_final"));
            assertThat(client.text() + "\n").isEqualTo(AmazonStandIns.text(audio));
            client.awaitClose();
        }
    }

    private static JsonObject json(String text) {
        return Json.createReader(new StringReader(text)).readObject();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> getThroughProxy(String path) throws Exception {
        HttpRequest request =
                request(path).header("X-Forwarded-For", "203.0.113.7").build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(steno.base().resolve(path)).timeout(Duration.ofSeconds(30));
    }
}
