package dev.steno.it.signedin;

import static dev.steno.it.SharedSteno.ALICE;
import static dev.steno.it.SharedSteno.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.it.AmazonStandIns;
import dev.steno.it.SharedSteno;
import dev.steno.testing.StenoClient;
import dev.steno.testing.StenoProcess;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Recordings whose audio is kept, on the real server with a bucket. With a folder: see {@code RestartIT}. */
class AudioIT {
    private static final int HEADER = 44;

    private final AmazonStandIns amazon = SharedSteno.amazonOfSignedIn();
    private final StenoProcess steno = SharedSteno.signedIn();
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void gives_the_audio_that_was_sent_to_its_owner_and_forgets_it_when_told() throws Exception {
        byte[] sent = AmazonStandIns.audio(6.3);
        String stem = record(sent);

        JsonObject json = json(get(ALICE, stem));
        assertThat(json.getJsonObject("audio"))
                .isEqualTo(Json.createObjectBuilder()
                        .add("format", "wav")
                        .add("bytes", sent.length + HEADER)
                        .add("sample_rate", 16_000)
                        .build());
        HttpResponse<byte[]> whole = get(ALICE, stem + ".wav");
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(header(whole, "Content-Type")).isEqualTo("audio/wav");
        assertThat(header(whole, "Content-Disposition")).isEqualTo("attachment; filename=\"" + stem + ".wav\"");
        assertThat(header(whole, "Content-Length")).isEqualTo(String.valueOf(sent.length + HEADER));
        assertThat(Arrays.copyOfRange(whole.body(), HEADER, whole.body().length))
                .isEqualTo(sent);

        HttpResponse<byte[]> part = send(request(ALICE, stem + ".wav").header("Range", "bytes=100000-100099"));
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole.body(), 100_000, 100_100));
        assertThat(header(part, "Content-Range")).isEqualTo("bytes 100000-100099/" + whole.body().length);
        HttpResponse<byte[]> rest = send(request(ALICE, stem + ".wav").header("Range", "bytes=100000-"));
        assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(whole.body(), 100_000, whole.body().length));
        HttpResponse<byte[]> beyond = send(request(ALICE, stem + ".wav").header("Range", "bytes=99999999-"));
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(header(beyond, "Content-Range")).isEqualTo("bytes */" + whole.body().length);
        assertThat(send(request(ALICE, stem + ".wav").header("If-None-Match", header(whole, "ETag")))
                        .statusCode())
                .isEqualTo(304);
        HttpResponse<byte[]> head =
                send(request(ALICE, stem + ".wav").method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(header(head, "Content-Length")).isEqualTo(String.valueOf(sent.length + HEADER));

        assertThat(get(BOB, stem + ".wav").statusCode()).isEqualTo(404);
        assertThat(send(HttpRequest.newBuilder(uri(stem + ".wav"))).statusCode())
                .isEqualTo(401);
        assertThat(send(request(BOB, stem).DELETE()).statusCode()).isEqualTo(404);
        JsonObject item = json(get(ALICE, "")).getJsonArray("items").getJsonObject(0);
        assertThat(item.getString("stem")).isEqualTo(stem);
        assertThat(item.getBoolean("audio")).isTrue();

        assertThat(send(request(ALICE, stem).DELETE()).statusCode()).isEqualTo(204);
        assertThat(get(ALICE, stem + ".wav").statusCode()).isEqualTo(404);
        assertThat(amazon.s3().keys()).noneMatch(key -> key.contains(stem));
    }

    @Test
    void tells_pages_that_audio_is_kept_and_keeps_none_where_words_are_redacted() throws Exception {
        HttpResponse<byte[]> info = send(HttpRequest.newBuilder(steno.base().resolve("info")));
        assertThat(json(info).getBoolean("audio_kept")).isTrue();
        try (StenoClient client = StenoClient.connectAs(steno.base(), ALICE)) {
            client.text("{\"type\":\"control\",\"action\":\"start\",\"content_redaction_type\":\"PII\"}");

            assertThat(client.awaitError("bad_option").getString("message")).contains("ARCHIVE_AUDIO");
        }
    }

    private String record(byte[] audio) {
        try (StenoClient client = StenoClient.connectAs(steno.base(), ALICE)) {
            AmazonStandIns.send(client, audio);
            client.control("stop");
            String key = client.await("saved").getString("s3_key");
            return key.substring(AmazonStandIns.PREFIX.length(), key.length() - ".txt".length());
        }
    }

    private static JsonObject json(HttpResponse<byte[]> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        return Json.createReader(new ByteArrayInputStream(response.body())).readObject();
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private HttpResponse<byte[]> get(String token, String name) throws Exception {
        return send(request(token, name));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder request(String token, String name) {
        return HttpRequest.newBuilder(uri(name)).header("Authorization", "Bearer " + token);
    }

    private URI uri(String name) {
        return URI.create(steno.base() + "transcripts" + (name.isEmpty() ? "" : "/" + name));
    }
}
