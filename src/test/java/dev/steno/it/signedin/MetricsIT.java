package dev.steno.it.signedin;

import static dev.steno.it.SharedSteno.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steno.it.AmazonStandIns;
import dev.steno.it.SharedSteno;
import dev.steno.testing.PrometheusText;
import dev.steno.testing.StenoClient;
import dev.steno.testing.StenoProcess;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an operator sees of a real server: its numbers, and its log as JSON. */
class MetricsIT {
    private static final String ENGINE = "engine=\"amazon-transcribe\"";

    private final StenoProcess steno = SharedSteno.signedIn();
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void loads_no_class_of_the_clusters_store_on_a_single_node() {
        assertThat(steno.loadedClasses())
                .contains("dev.steno.session.TranscriptionSessions")
                .doesNotContain("io.lettuce");
    }

    @Test
    void shows_numbers_of_a_recording_to_who_may_see_them() throws Exception {
        assertThat(get("").statusCode()).isEqualTo(401);
        assertThat(get("Bearer wrong").statusCode()).isEqualTo(401);
        PrometheusText before = numbers();
        assertThat(before.value("steno_recognizer_ready")).isEqualTo(1);
        assertThat(before.value("steno_permits_limit")).isEqualTo(20);

        String id = record(AmazonStandIns.audio(3));

        PrometheusText after = numbers();
        assertGrown(before, after, "steno_recordings_started_total{" + ENGINE + "}", 1);
        assertGrown(before, after, "steno_recordings_total{" + ENGINE + ",outcome=\"saved\"}", 1);
        assertThat(after.value("steno_recordings_active{" + ENGINE + "}")).isZero();
        assertGrown(before, after, "steno_audio_seconds_total{" + ENGINE + "}", 3);
        assertGrown(before, after, "steno_audio_bytes_total{" + ENGINE + "}", 96_000);
        assertThat(after.value("steno_result_delay_seconds_count{" + ENGINE + ",result=\"final\"}"))
                .isPositive();
        assertGrown(before, after, "steno_errors_total{code=\"bad_message\"}", 1);
        assertGrown(before, after, "steno_archive_stored_total", 1);
        assertThat(after.value("steno_archive_waiting")).isZero();
        assertThat(after.value("steno_journal_writable")).isEqualTo(1);
        assertThat(after.value("steno_permits_in_use")).isZero();
        assertThat(after.series())
                .allMatch(series -> series.startsWith("steno_"))
                .noneMatch(series -> series.contains(id));
        assertThat(after.series()).hasSameSizeAs(before.series());

        List<JsonObject> about = steno.log()
                .lines()
                .filter(line -> line.contains(id))
                .map(MetricsIT::json)
                .toList();
        assertThat(about).as(steno.log()).hasSize(2);
        assertThat(about).allMatch(line -> line.getString("session_id").equals(id));
        assertThat(about.get(1).getJsonObject("fields").getInt("bytes")).isEqualTo(96_000);
        assertThat(about.get(1).getJsonObject("fields").getString("outcome")).isEqualTo("saved");
    }

    private static void assertGrown(PrometheusText before, PrometheusText after, String series, double by) {
        assertThat(after.value(series) - before.value(series)).as(series).isEqualTo(by, within(0.001));
    }

    /** After the colour that a server may have left behind. */
    private static JsonObject json(String line) {
        return Json.createReader(new StringReader(line.substring(line.indexOf("{\"time\""))))
                .readObject();
    }

    private String record(byte[] audio) {
        try (StenoClient client = StenoClient.connectAs(steno.base(), ALICE)) {
            String id = client.await("session").getString("session_id");
            client.text("nonsense");
            client.awaitError("bad_message");
            AmazonStandIns.send(client, audio);
            client.control("stop");
            client.await("saved");
            client.awaitClose();
            return id;
        }
    }

    private PrometheusText numbers() throws Exception {
        HttpResponse<String> response = get("Bearer " + ALICE);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain; version=0.0.4");
        return PrometheusText.parse(response.body());
    }

    private HttpResponse<String> get(String authorization) throws Exception {
        URI uri = steno.base().resolve("prometheus");
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
