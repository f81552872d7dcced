package dev.steno.it.listening;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.it.SharedSteno;
import dev.steno.testing.Clip;
import dev.steno.testing.FormBody;
import dev.steno.testing.SentAudio;
import dev.steno.testing.StenoClient;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.Wait;
import dev.steno.testing.WordErrorRate;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole files by {@code POST /v1/audio/transcriptions}. */
@DisabledIfSystemProperty(named = "steno.slim", matches = "true", disabledReason = SharedSteno.SLIM)
class FilesIT {
    private static final String PATH = "v1/audio/transcriptions";

    /** Samples of a WAV file in mu-law. */
    private static final int MULAW = 7;

    private final StenoProcess steno = SharedSteno.listening();
    private final Clip clip = Clip.shipped("weather.wav");
    private final byte[] wav = FormBody.wav(1, 1, 16_000, 16, clip.audio());
    private final HttpClient http = HttpClient.newHttpClient();

    private HttpResponse<String> post(FormBody form, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(steno.base().resolve(PATH)).timeout(Duration.ofMinutes(2));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(form.post(request).build(), HttpResponse.BodyHandlers.ofString());
    }

    private FormBody form() {
        return new FormBody().field("model", "whisper-1").file("weather.wav", wav);
    }

    private static JsonObject json(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Json.createReader(new StringReader(response.body())).readObject();
    }

    /** What a client of {@code /ws} hears. */
    private String ownWords() {
        try (StenoClient client = StenoClient.connect(steno.base())) {
            client.binary(clip.audio());
            client.control("stop");
            client.await("saved");
            return client.text();
        }
    }

    private Set<String> archived() throws IOException {
        try (Stream<Path> files = Files.list(steno.archive())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".txt"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void answers_with_the_words_that_a_client_of_ws_hears_and_archives_them() throws Exception {
        String own = ownWords();
        Set<String> before = archived();
        assertThat(json(post(form().field("language", "en"))).getString("text")).isEqualTo(own);
        Set<String> stored = archived();
        stored.removeAll(before);
        assertThat(stored).hasSize(1);
        assertThat(Files.readString(steno.archive().resolve(stored.iterator().next())))
                .isEqualTo(own + "\n");

        JsonObject verbose = json(post(form().field("response_format", "verbose_json")
                .field("timestamp_granularities[]", "word")
                .field("timestamp_granularities[]", "segment")
                .field("store", "false")));
        assertThat(verbose.getJsonArray("words").getValuesAs(JsonObject.class).stream()
                        .map(word -> word.getString("word"))
                        .collect(Collectors.joining(" ")))
                .isEqualTo(own);
        assertThat(verbose.getJsonArray("segments").getJsonObject(0).getString("text"))
                .isEqualTo(own);
        assertThat(verbose.getJsonNumber("duration").doubleValue())
                .isBetween(clip.seconds() - 0.01, clip.seconds() + 0.01);
        HttpResponse<String> subtitles =
                post(form().field("response_format", "srt").field("store", "false"));
        assertThat(subtitles.body()).startsWith("1\n00:00:00,");
        assertThat(subtitles.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
        stored.addAll(before);
        assertThat(archived()).isEqualTo(stored);
    }

    @Test
    void reads_stereo_at_another_rate_and_telephone_codes() throws Exception {
        byte[] stereo = SentAudio.pcm(clip.audio(), 44_100);
        FormBody cd = new FormBody()
                .file("a.wav", FormBody.wav(1, 2, 44_100, 16, SentAudio.stereo(stereo, stereo)))
                .field("response_format", "text");
        assertThat(WordErrorRate.of(clip.text(), post(cd).body()).rate()).isLessThanOrEqualTo(0.25);
        FormBody call = new FormBody()
                .file("a.wav", FormBody.wav(MULAW, 1, 16_000, 8, SentAudio.mulaw(clip.audio(), 16_000)))
                .field("response_format", "text");
        assertThat(WordErrorRate.of(clip.text(), post(call).body()).rate()).isLessThanOrEqualTo(0.25);
    }

    @Test
    void streams_what_is_final() throws Exception {
        HttpResponse<String> response = post(form().field("stream", "true"));
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        List<JsonObject> events = response.body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line ->
                        Json.createReader(new StringReader(line.substring(6))).readObject())
                .toList();
        JsonObject last = events.get(events.size() - 1);
        assertThat(last.getString("type")).isEqualTo("transcript.text.done");
        String deltas = events.stream()
                .filter(event -> event.getString("type").equals("transcript.text.delta"))
                .map(event -> event.getString("delta"))
                .collect(Collectors.joining());
        assertThat(last.getString("text")).isEqualTo(deltas);
        assertThat(WordErrorRate.of(clip.text(), deltas).rate()).isLessThanOrEqualTo(0.25);
    }

    @Test
    void tells_a_client_that_does_not_wait_where_the_transcript_will_be() throws Exception {
        HttpResponse<String> accepted = post(form(), "Prefer", "respond-async");
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        String location = accepted.headers().firstValue("Location").orElseThrow();
        assertThat(location).startsWith(steno.base().getPath() + "transcripts/2");
        URI transcript = steno.base().resolve(location);
        Wait.until(Duration.ofMinutes(1), () -> "a transcript at " + location, () -> isThere(transcript));
        HttpResponse<String> stored =
                http.send(HttpRequest.newBuilder(transcript).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(json(stored).getString("title")).isEqualTo("weather.wav");
    }

    /** Until then it is a 404 that says when to ask again. */
    private boolean isThere(URI transcript) {
        try {
            HttpResponse<String> response =
                    http.send(HttpRequest.newBuilder(transcript).build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 404) {
                assertThat(response.headers().firstValue("Retry-After")).isPresent();
            }
            return response.statusCode() == 200;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void answers_silence_with_an_empty_text_and_stores_nothing() throws Exception {
        Set<String> before = archived();
        byte[] silence = FormBody.wav(1, 1, 8_000, 16, new byte[32_000]);
        assertThat(json(post(new FormBody().file("silence.wav", silence))).getString("text"))
                .isEmpty();
        byte[] nothing = FormBody.wav(1, 1, 8_000, 16, new byte[0]);
        assertThat(json(post(new FormBody().file("nothing.wav", nothing))).getString("text"))
                .isEmpty();
        assertThat(archived()).isEqualTo(before);
    }

    @Test
    void says_what_is_wrong_as_openai_would() throws Exception {
        assertRefused(post(new FormBody().field("model", "x")), 400, "file", "missing_required_parameter");
        byte[] mp3 = "ID3\u0004 and so on, for more than a few bytes".getBytes(StandardCharsets.ISO_8859_1);
        HttpResponse<String> notRead = post(new FormBody().file("a.mp3", mp3));
        assertRefused(notRead, 400, "file", "unsupported_format");
        assertThat(notRead.body()).contains("MP3");
        assertRefused(post(form().field("language", "tlh")), 400, "language", "unsupported_language");
        assertRefused(post(form().field("response_format", "docx")), 400, "response_format", "invalid_value");
        assertRefused(post(form(), "Origin", "https://evil.example.com"), 403, null, "forbidden");
        HttpRequest.Builder plain = HttpRequest.newBuilder(steno.base().resolve(PATH));
        assertRefused(
                send(plain.POST(HttpRequest.BodyPublishers.ofString("x=1"))), 415, null, "unsupported_content_type");
        assertRefused(send(plain.GET()), 405, null, "method_not_allowed");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void lists_the_engines_as_models() throws Exception {
        HttpResponse<String> response =
                send(HttpRequest.newBuilder(steno.base().resolve("v1/models")).GET());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo("{\"object\":\"list\",\"data\":[{\"id\":\"sphinx\",\"object\":\"model\","
                        + "\"created\":0,\"owned_by\":\"steno\"}]}");
        assertThat(send(HttpRequest.newBuilder(steno.base().resolve("v1/models/sphinx"))
                                .GET())
                        .body())
                .startsWith("{\"id\":\"sphinx\",");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, models/whisper-1, model, model_not_found",
        "POST, audio/translations,, unknown_url",
        "POST, chat/completions,, unknown_url",
        "GET, realtime,, unknown_url"
    })
    void says_what_it_has_not_as_openai_would(String method, String path, String parameter, String code)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(steno.base().resolve("v1/" + path))
                .method(method, HttpRequest.BodyPublishers.ofString(method.equals("POST") ? "{}" : ""));
        assertRefused(send(request), 404, parameter, code);
    }

    private static void assertRefused(HttpResponse<String> response, int status, String parameter, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        JsonObject error = Json.createReader(new StringReader(response.body()))
                .readObject()
                .getJsonObject("error");
        assertThat(error.getString("param", null)).isEqualTo(parameter);
        assertThat(error.getString("code")).isEqualTo(code);
        assertThat(error.getString("type")).isEqualTo("invalid_request_error");
        assertThat(error.getString("message")).isNotBlank();
    }

    @Test
    void ends_the_recording_of_a_client_that_goes_away() throws Exception {
        byte[] minutes = repeated(clip.audio(), 120); // the engine would be busy for long
        byte[] body = new FormBody()
                .file("minutes.wav", FormBody.wav(1, 1, 16_000, 16, minutes))
                .field("stream", "true")
                .bytes();
        try (Socket socket = new Socket(steno.base().getHost(), steno.base().getPort())) {
            String head = "POST " + steno.base().getPath() + PATH + " HTTP/1.1\r\nHost: 127.0.0.1:"
                    + steno.base().getPort() + "\r\nContent-Type: " + FormBody.contentType() + "\r\nContent-Length: "
                    + body.length + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(body);
            SharedSteno.awaitRecordings(steno, 1);
        }
        SharedSteno.awaitRecordings(steno, 0);
    }

    private static byte[] repeated(byte[] audio, int times) {
        byte[] all = new byte[audio.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(audio, 0, all, i * audio.length, audio.length);
        }
        return all;
    }
}
