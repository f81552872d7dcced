package dev.steno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.archive.TranscriptJson;
import dev.steno.testing.Clip;
import dev.steno.testing.FormBody;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.Wait;
import dev.steno.testing.WebhookReceiver;
import dev.steno.transcript.PlainText;
import dev.steno.transcript.Recording;
import dev.steno.transcript.SampleTranscripts;
import dev.steno.transcript.SessionId;
import dev.steno.transcript.Transcript;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The library on the real server: two callers with tokens, each of whom sees only what is their own. */
class LibraryIT {
    private static final String ALICE = "alice-knows-this-secret";
    private static final String BOB = "bob-knows-another-one";
    private static final String HERS = "20241215_143022";
    private static final String HIS = "20241215_143022_2";
    private static final String EDITED = "20221231_235959";
    private static final String NOBODYS = "20230101_000000";

    @TempDir
    private static Path folder;

    private static StenoProcess steno;
    private static WebhookReceiver webhooks;
    private static AmazonStandIns amazon;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws IOException {
        Path archive = Files.createDirectories(folder.resolve("transcripts"));
        store(archive, HERS, "alice");
        store(archive, HIS, "bob");
        store(archive, EDITED, "alice");
        Files.writeString(archive.resolve(NOBODYS + ".txt"), "From before there was a library.\n");
        Files.write(archive.resolve(HERS + ".wav"), FormBody.wav(1, 1, 16_000, 16, new byte[32_000]));
        webhooks = new WebhookReceiver();
        amazon = new AmazonStandIns();
        steno = StenoProcess.start(
                folder,
                amazon.inFolder(
                        "AUTH_MODE",
                        "token",
                        "AUTH_TOKENS",
                        "alice:" + ALICE + ",bob:" + BOB,
                        "WEBHOOK_URL",
                        webhooks.url(),
                        "WEBHOOK_SECRET",
                        WebhookReceiver.SECRET));
        steno.awaitOk("healthz/ready");
    }

    @AfterAll
    static void stop() {
        steno.close();
        webhooks.close();
        amazon.close();
    }

    private static void store(Path archive, String stem, String owner) throws IOException {
        Recording recording = new Recording(
                SessionId.random(),
                SampleTranscripts.STARTED_AT,
                "sphinx",
                "en-US",
                Optional.of(owner),
                Optional.of("Of " + owner));
        Transcript transcript = SampleTranscripts.transcript(recording, 3);
        Files.writeString(archive.resolve(stem + ".txt"), PlainText.render(transcript));
        Files.writeString(archive.resolve(stem + ".json"), TranscriptJson.render(transcript));
    }

    @Test
    void lists_to_each_caller_what_is_theirs() throws Exception {
        assertThat(stems(get(ALICE, "transcripts?from=2023-01-01"))).containsExactly(HERS);
        assertThat(stems(get(BOB, "transcripts"))).containsExactly(HIS);
        assertThat(stems(get(BOB, "transcripts?owner=alice"))).isEmpty();
        JsonObject item = json(get(ALICE, "transcripts")).getJsonArray("items").getJsonObject(0);
        assertThat(item.getString("title")).isEqualTo("Of alice");
        assertThat(item.getString("first_words")).startsWith("This is what was said");
    }

    @Test
    void finds_to_each_caller_what_is_theirs() throws Exception {
        Wait.until(Duration.ofMinutes(1), () -> "an index of this archive", () -> health().contains(
                        "\"index\":\"ready\""));
        HttpResponse<String> hers = get(ALICE, "transcripts?from=2023-01-01&q=%22what+was+said%22");
        assertThat(stems(hers)).containsExactly(HERS);
        JsonObject hit = json(hers)
                .getJsonArray("items")
                .getJsonObject(0)
                .getJsonArray("hits")
                .getJsonObject(0);
        assertThat(hit.getInt("segment")).isZero();
        assertThat(hit.getString("text")).isEqualTo("This is what was said at position 0");
        assertThat(stems(get(BOB, "transcripts?q=positions"))).containsExactly(HIS);
        assertThat(stems(get(BOB, "transcripts?q=position&owner=alice"))).isEmpty();
        assertThat(stems(get(ALICE, "transcripts?from=2023-01-01"))).containsExactly(HERS);
    }

    @Test
    void gives_a_transcript_in_every_format_to_its_owner_and_hides_it_from_others() throws Exception {
        for (String format : List.of("", ".json", ".txt", ".vtt", ".srt")) {
            HttpResponse<String> hers = get(ALICE, "transcripts/" + HERS + format);
            assertThat(hers.statusCode()).as(format).isEqualTo(200);
            assertThat(hers.body()).contains("what was said");
            assertThat(hers.headers().firstValue("ETag")).isPresent();
            HttpResponse<String> theirs = get(BOB, "transcripts/" + HERS + format);
            assertThat(theirs.statusCode()).as(format).isEqualTo(404);
            assertProblem(theirs, 404);
        }
        assertProblem(get(ALICE, "transcripts/" + NOBODYS), 404);
        assertThat(get(ALICE, "transcripts/" + HERS + ".vtt").body()).startsWith("WEBVTT");
        assertThat(get(ALICE, "transcripts/" + HERS + ".txt").headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"" + HERS + ".txt\"");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    20241215_143022",
        "GET,    20241215_143022.json",
        "GET,    20241215_143022.txt",
        "GET,    20241215_143022.vtt",
        "GET,    20241215_143022.srt",
        "GET,    20241215_143022.wav",
        "HEAD,   20241215_143022",
        "HEAD,   20241215_143022.wav",
        "PATCH,  20241215_143022",
        "DELETE, 20241215_143022"
    })
    void answers_of_anothers_transcript_as_of_one_that_never_was(String method, String name) throws Exception {
        String never = name.replace("20241215", "20241216");
        for (String condition : List.of("If-Match", "If-None-Match", "If-Range")) {
            HttpResponse<String> hers = send(guess(method, name).header(condition, "*"));
            HttpResponse<String> nobodys = send(guess(method, never).header(condition, "*"));
            assertThat(hers.statusCode()).isEqualTo(404);
            assertThat(hers.body()).isEqualTo(nobodys.body());
            assertThat(withoutDate(hers)).isEqualTo(withoutDate(nobodys));
        }
        assertThat(get(ALICE, "transcripts/" + HERS + ".wav").statusCode()).isEqualTo(200);
        assertThat(send(HttpRequest.newBuilder(steno.base().resolve("transcripts/" + name))
                                .method(method, HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(401);
    }

    private static HttpRequest.Builder guess(String method, String name) {
        return request(BOB, "transcripts/" + name)
                .header("Content-Type", "application/json")
                .header("Range", "bytes=0-9")
                .method(method, HttpRequest.BodyPublishers.ofString(method.equals("PATCH") ? "{\"title\":\"x\"}" : ""));
    }

    private static Map<String, List<String>> withoutDate(HttpResponse<String> response) {
        Map<String, List<String>> headers = new TreeMap<>(response.headers().map());
        headers.remove("date");
        return headers;
    }

    @Test
    @DisabledIfSystemProperty(named = "steno.slim", matches = "true", disabledReason = SharedSteno.SLIM)
    void a_file_belongs_to_the_caller_who_sent_it() throws Exception {
        FormBody form = new FormBody()
                .file(
                        "alices.wav",
                        FormBody.wav(
                                1, 1, 16_000, 16, Clip.shipped("weather.wav").audio()));
        HttpResponse<String> promised = send(form.post(request(ALICE, "v1/audio/transcriptions"))
                .header("Prefer", "respond-async")
                .timeout(Duration.ofMinutes(2)));
        assertThat(promised.statusCode()).as(promised.body()).isEqualTo(202);
        URI location =
                steno.base().resolve(promised.headers().firstValue("Location").orElseThrow());
        HttpResponse<String> early = send(request(location, BOB));
        assertThat(early.statusCode()).isEqualTo(404);
        assertThat(early.headers().firstValue("Retry-After")).isEmpty();

        Wait.until(
                Duration.ofMinutes(2),
                () -> "a transcript at " + location,
                () -> status(request(location, ALICE)) == 200);

        String stem = json(promised).getString("stem");
        assertThat(status(request(location, BOB))).isEqualTo(404);
        assertThat(stems(get(BOB, "transcripts"))).doesNotContain(stem);
        Wait.until(Duration.ofMinutes(1), () -> "webhooks: " + webhooks.events(), () -> webhooks.types()
                .contains("transcript.saved"));
        assertThat(webhooks.events())
                .extracting(event -> event.getJsonObject("data").getString("owner"))
                .containsOnly("alice");
        assertThat(webhooks.faults()).isEmpty();
        assertThat(send(request(ALICE, "transcripts/" + stem).DELETE()).statusCode())
                .isEqualTo(204);
    }

    private int status(HttpRequest.Builder request) {
        try {
            return send(request).statusCode();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void gives_parts_and_says_when_nothing_changed() throws Exception {
        String path = "transcripts/" + HERS + ".txt";
        HttpResponse<String> whole = get(ALICE, path);
        HttpResponse<String> part = send(request(ALICE, path).header("Range", "bytes=5-11"));
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(whole.body().substring(5, 12));
        assertThat(part.headers().firstValue("Content-Range"))
                .contains("bytes 5-11/" + whole.body().length());
        assertProblem(send(request(ALICE, path).header("Range", "bytes=100000-")), 416);
        String tag = whole.headers().firstValue("ETag").orElseThrow();
        assertThat(send(request(ALICE, path).header("If-None-Match", tag)).statusCode())
                .isEqualTo(304);
    }

    @Test
    void takes_corrections_from_the_owner_alone_and_writes_every_stored_format() throws Exception {
        String path = "transcripts/" + EDITED;
        String edit = "{\"title\":\"Board\",\"segments\":[{\"segment\":1,\"text\":\"Corrected by hand\"}]}";
        String tag = get(ALICE, path).headers().firstValue("ETag").orElseThrow();
        assertProblem(patch(BOB, path, tag, edit), 404);
        assertProblem(patch(ALICE, path, null, edit), 428);
        assertProblem(patch(ALICE, path, "\"other\"", edit), 412);
        assertProblem(patch(ALICE, path, tag, "{\"owner\":\"bob\"}"), 400);
        assertProblem(
                send(request(ALICE, path)
                        .header("If-Match", tag)
                        .header("Content-Type", "text/plain")
                        .method("PATCH", HttpRequest.BodyPublishers.ofString(edit))),
                415);

        HttpResponse<String> edited = patch(ALICE, path, tag, edit);

        assertThat(edited.statusCode()).as(edited.body()).isEqualTo(200);
        JsonObject segment = json(edited).getJsonArray("segments").getJsonObject(1);
        assertThat(segment.getString("text")).isEqualTo("Corrected by hand");
        assertThat(segment.getString("original_text")).contains("what was said");
        assertThat(Files.readString(steno.archive().resolve(EDITED + ".txt"))).contains("Corrected by hand");
        HttpResponse<String> read = get(ALICE, path);
        assertThat(read.headers().firstValue("ETag")).isEqualTo(edited.headers().firstValue("ETag"));
        assertThat(read.body()).isEqualTo(edited.body());
        assertProblem(patch(ALICE, path, tag, edit), 412);

        assertProblem(send(request(BOB, path).DELETE()), 404);
        assertThat(send(request(ALICE, path).DELETE()).statusCode()).isEqualTo(204);
        assertThat(get(ALICE, path).statusCode()).isEqualTo(404);
        assertThat(steno.archive().resolve(EDITED + ".json")).doesNotExist();
    }

    @Test
    void answers_what_it_refuses_with_problem_details() throws Exception {
        assertProblem(send(HttpRequest.newBuilder(steno.base().resolve("transcripts"))), 401);
        assertProblem(send(request(ALICE, "transcripts").header("Origin", "https://evil.example.com")), 403);
        assertProblem(get(ALICE, "transcripts?limit=0"), 400);
        assertProblem(get(ALICE, "transcripts?from=yesterday"), 400);
        assertProblem(get(ALICE, "transcripts/..%2Fsecret"), 400, 404);
        assertProblem(get(ALICE, "transcripts/" + HERS + ".pdf"), 404);
        assertProblem(get(ALICE, "transcripts/" + HERS + "/audio"), 404);
        assertProblem(send(request(ALICE, "transcripts").POST(HttpRequest.BodyPublishers.ofString("x"))), 405);
    }

    @Test
    void leaves_the_page_and_its_files_where_they_were() throws Exception {
        assertThat(get(ALICE, "").body()).contains("<html");
        assertThat(get(ALICE, "js/app.js").statusCode()).isEqualTo(200);
        assertThat(get(ALICE, "info").statusCode()).isEqualTo(200);
        HttpResponse<String> description = get(ALICE, "openapi.json");
        assertThat(description.statusCode()).isEqualTo(200);
        assertThat(json(description).getString("openapi")).startsWith("3.");
    }

    private static void assertProblem(HttpResponse<String> response, Integer... statuses) {
        assertThat(response.statusCode()).as(response.body()).isIn((Object[]) statuses);
        if (response.body().startsWith("{")) {
            assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("application/problem+json");
            assertThat(json(response).getInt("status")).isEqualTo(response.statusCode());
        } else {
            assertThat(statuses).as(response.body()).contains(400); // the server itself refuses such paths
        }
    }

    private static List<String> stems(HttpResponse<String> response) {
        return json(response).getJsonArray("items").getValuesAs(JsonObject.class).stream()
                .map(item -> item.getString("stem"))
                .toList();
    }

    private static JsonObject json(HttpResponse<String> response) {
        return Json.createReader(new StringReader(response.body())).readObject();
    }

    private String health() {
        try {
            return get(ALICE, "healthz").body();
        } catch (Exception e) {
            return e.toString();
        }
    }

    private HttpResponse<String> get(String token, String path) throws Exception {
        return send(request(token, path));
    }

    private HttpResponse<String> patch(String token, String path, String condition, String edit) throws Exception {
        HttpRequest.Builder request = request(token, path)
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(edit));
        return send(condition == null ? request : request.header("If-Match", condition));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String token, String path) {
        return request(URI.create(steno.base() + path), token);
    }

    private static HttpRequest.Builder request(URI uri, String token) {
        return HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token);
    }
}
