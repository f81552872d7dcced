package dev.steno.it.amazon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.it.AmazonStandIns;
import dev.steno.it.SharedSteno;
import dev.steno.testing.StenoClient;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.Wait;
import dev.steno.testing.s3.S3Server;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From the microphone into the bucket, and from there back to a reader who corrects and deletes it. */
class LibraryOfBucketIT {
    private final byte[] audio = AmazonStandIns.audio(4);
    private final StenoProcess steno = SharedSteno.onAmazon();
    private final S3Server s3 = SharedSteno.amazon().s3();
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void lists_finds_corrects_and_deletes_what_was_just_recorded() throws Exception {
        String key = record();
        String stem = key.replaceFirst(".*(\\d{8}_\\d{6}(_\\d+)?)\\.txt$", "$1");
        String said = AmazonStandIns.text(audio).lines().findFirst().orElseThrow();

        assertThat(stems("transcripts")).contains(stem);
        String query = "transcripts?q=" + URLEncoder.encode('"' + said + '"', StandardCharsets.UTF_8);
        Wait.until(Duration.ofMinutes(1), () -> stem + " by its words", () -> stems(query)
                .contains(stem));

        HttpResponse<String> read = send(request("transcripts/" + stem));
        HttpResponse<String> edited = send(request("transcripts/" + stem)
                .header("If-Match", read.headers().firstValue("ETag").orElseThrow())
                .header("Content-Type", "application/json")
                .method(
                        "PATCH",
                        HttpRequest.BodyPublishers.ofString("{\"segments\":[{\"segment\":0,\"text\":\"zebra\"}]}")));
        assertThat(edited.statusCode()).as(edited.body()).isEqualTo(200);
        assertThat(s3.text(key)).hasValueSatisfying(text -> assertThat(text).startsWith("zebra"));
        assertThat(stems("transcripts?q=zebras")).containsExactly(stem);
        assertThat(send(request("transcripts/" + stem + ".vtt")).body()).contains("zebra");

        assertThat(send(request("transcripts/" + stem).DELETE()).statusCode()).isEqualTo(204);
        assertThat(s3.keys()).noneMatch(each -> each.contains(stem + "."));
        assertThat(stems("transcripts?q=zebra")).isEmpty();
    }

    private String record() {
        try (StenoClient client = StenoClient.connect(steno.base())) {
            AmazonStandIns.send(client, audio);
            client.control("stop");
            String key = client.await("saved").getString("s3_key");
            assertThat(client.awaitClose()).isEqualTo(1000);
            return key;
        }
    }

    private List<String> stems(String path) {
        try {
            HttpResponse<String> response = send(request(path));
            return Json.createReader(new StringReader(response.body()))
                    .readObject()
                    .getJsonArray("items")
                    .getValuesAs(JsonObject.class)
                    .stream()
                    .map(item -> item.getString("stem"))
                    .toList();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(steno.base() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
