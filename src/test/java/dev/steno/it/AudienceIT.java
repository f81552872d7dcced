package dev.steno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.testing.SseClient;
import dev.steno.testing.StenoClient;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.Wait;
import dev.steno.testing.transcribe.AudioDigest;
import dev.steno.testing.transcribe.TranscribeServerOptions;
import dev.steno.testing.translation.TranslationServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers of a real server: links, event streams, caption files. */
class AudienceIT {
    private static final int VIEWERS = 5;

    /** A connection buffers a few megabytes, so that a reader who does not read is slow after a few of these. */
    private static final int PADDING = 1_000_000;

    @TempDir
    private static Path folder;

    private static final TranslationServer TRANSLATOR = TranslationServer.start();

    private static AmazonStandIns amazon;
    private static StenoProcess steno;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void start() {
        amazon = new AmazonStandIns(TranscribeServerOptions.defaults().withPartialPadding(PADDING));
        steno = StenoProcess.start(
                folder,
                "/steno",
                amazon.inFolder(
                        "TRANSLATION",
                        "libretranslate",
                        "TRANSLATION_URL",
                        TRANSLATOR.base().toString(),
                        "VIEWER_LIMIT",
                        Integer.toString(VIEWERS),
                        "CALLER_STARTS_PER_MINUTE",
                        "1000"));
        steno.awaitOk("healthz/ready");
    }

    @AfterAll
    static void stop() {
        steno.close();
        amazon.close();
        TRANSLATOR.close();
    }

    private static URI share(StenoClient client) {
        client.control("share");
        return url(client);
    }

    private static URI url(StenoClient client) {
        URI url = URI.create(client.await("share").getString("url"));
        assertThat(url.toString()).startsWith(steno.base() + "live/");
        return url;
    }

    private static URI below(URI link, String path) {
        return URI.create(link + "/" + path);
    }

    private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void early_late_slow_and_returning_readers_get_every_final_once() throws Exception {
        byte[] audio = AmazonStandIns.audio(9);
        try (StenoClient recorder = StenoClient.connect(steno.base())) {
            URI link = share(recorder);
            URI events = below(link, "events");
            SseClient early = SseClient.open(events);
            SseClient slow = SseClient.silent(events, Map.of());
            assertThat(early.status()).isEqualTo(200);
            assertThat(early.header("Content-Type")).startsWith("text/event-stream");
            assertThat(early.header("Cache-Control")).contains("no-store");
            assertThat(early.header("X-Robots-Tag")).contains("noindex");
            assertThat(early.await("snapshot").data().getString("state")).isEqualTo("waiting");
            recorder.await("viewers", message -> message.getInt("count") == 2);

            AmazonStandIns.send(recorder, audio);
            String id = early.await("final").id();
            early.close();
            SseClient late = SseClient.open(events);
            SseClient.Event snapshot = late.await("snapshot");
            assertThat(snapshot.data().getJsonArray("finals")).isNotEmpty();
            assertThat(snapshot.data().getString("state")).isEqualTo("streaming");
            assertThat(snapshot.data().getString("language_code")).isEqualTo("en-US");
            assertThat(get(below(link, "captions.vtt")).body()).startsWith("WEBVTT\n\n00:00:00.000 --> ");
            recorder.await("transcript", message -> message.getBoolean("is_final") && message.getInt("segment") == 2);

            SseClient back = SseClient.open(events, Map.of("Last-Event-ID", id));
            recorder.control("stop");
            recorder.await("saved");
            slow.read().awaitEnd();
            assertSlow(slow, events, audio);
            back.await("end");
            assertThat(back.events("snapshot")).isEmpty();
            assertThat(back.events("final")).extracting(SseClient.Event::id).hasSize(2);
            late.await("end");
            assertThat(snapshot.data().getJsonArray("finals").size()
                            + late.events("final").size())
                    .isEqualTo(3);

            SseClient afterwards = SseClient.open(events);
            assertThat(afterwards.await("snapshot").data().getString("state")).isEqualTo("ended");
            afterwards.awaitEnd();
            assertThat(get(below(link, "captions.txt")).body()).isEqualTo(AmazonStandIns.text(audio));
            assertThat(get(below(link, "captions.json")).body()).contains("\"segments\":[{\"segment\":0");
            assertThat(get(below(link, "captions.m3u8")).body()).startsWith("#EXTM3U\n");
            assertThat(get(below(link, "captions/0.vtt")).body()).startsWith("WEBVTT\nX-TIMESTAMP-MAP=");
        }
    }

    /**
     * Open Liberty ends the stream of a client that takes nothing for as long as its write time-out. Such a client
     * returns, as the page does.
     */
    private static void assertSlow(SseClient slow, URI link, byte[] audio) {
        assertThat(slow.events("partial")).as("partials of 18").hasSizeLessThan(14);
        List<SseClient.Event> finals = new ArrayList<>(slow.events("final"));
        if (slow.events("end").isEmpty()) {
            String last = slow.events().stream()
                    .map(SseClient.Event::id)
                    .filter(Objects::nonNull)
                    .reduce((one, next) -> next)
                    .orElseThrow();
            SseClient returned = SseClient.open(link, Map.of("Last-Event-ID", last));
            returned.awaitEnd();
            finals.addAll(returned.events("final"));
        } else {
            assertThat(slow.await("end").data().getString("reason")).isEqualTo("saved");
        }
        assertThat(finals)
                .extracting(event -> event.data().getString("text"))
                .containsExactlyElementsOf(AudioDigest.finals(audio));
    }

    @Test
    void a_link_opens_a_page_and_is_dead_once_it_is_taken_back() throws Exception {
        try (StenoClient recorder = StenoClient.connect(steno.base())) {
            recorder.text("{\"type\":\"control\",\"action\":\"start\",\"share\":true}");
            URI link = url(recorder);
            HttpResponse<String> page = get(link);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("<title>Live captions</title>");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'");
            assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(page.headers().firstValue("X-Robots-Tag").orElseThrow()).contains("noindex");
            assertThat(get(URI.create(link + "?overlay&lines=2")).body()).contains("Captions overlay");
            assertThat(get(below(link, "overlay")).body()).contains("video mixer");
            assertThat(get(below(link, "manifest.webmanifest")).body())
                    .contains("../" + link.getPath().substring(link.getPath().lastIndexOf('/') + 1));

            assertThat(get(URI.create(link + "/?overlay")).headers().firstValue("Location"))
                    .contains("../" + link.getPath().substring(link.getPath().lastIndexOf('/') + 1) + "?overlay");
            assertThat(get(below(link, "captions.vtt")).headers().firstValue("Access-Control-Allow-Origin"))
                    .contains("*");
            assertThat(page.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();

            SseClient viewer = SseClient.open(below(link, "events"));
            viewer.await("snapshot");
            recorder.control("unshare");
            assertThat(viewer.await("end").data().getString("reason")).isEqualTo("unshared");
            viewer.awaitEnd();
            for (String path : List.of("", "/events", "/captions.vtt")) {
                assertThat(get(URI.create(link + path)).statusCode()).as(path).isEqualTo(410);
            }
            recorder.control("share");
            recorder.await("share", message -> !message.getString("url").equals(link.toString()));
            assertThat(steno.log())
                    .doesNotContain(link.getPath().substring(link.getPath().lastIndexOf('/') + 1));
        }
    }

    @Test
    void readers_wait_in_a_room_from_one_recording_to_the_next() {
        String start = "{\"type\":\"control\",\"action\":\"start\",\"share\":true,\"room\":\"sunday-service\"}";
        URI link;
        SseClient viewer;
        try (StenoClient first = StenoClient.connect(steno.base())) {
            first.text(start);
            link = url(first);
            viewer = SseClient.open(below(link, "events"));
            viewer.await("snapshot");
            first.control("stop");
            viewer.await("end");
        }
        viewer.await("snapshot", event -> event.data().getString("state").equals("waiting"));
        try (StenoClient second = StenoClient.connect(steno.base())) {
            second.text(start);
            assertThat(url(second)).isEqualTo(link);
            AmazonStandIns.send(second, AmazonStandIns.audio(3));
            viewer.await("final");
            assertThat(viewer.events("snapshot"))
                    .extracting(event -> event.data().getString("recording", "none"))
                    .doesNotHaveDuplicates()
                    .hasSize(3);
            second.control("stop");
            second.await("saved");
        }
        viewer.close();
    }

    @Test
    void one_reader_too_many_is_asked_to_come_later() {
        try (StenoClient recorder = StenoClient.connect(steno.base())) {
            URI events = below(share(recorder), "events");
            List<SseClient> viewers = new ArrayList<>();
            for (int i = 0; i < VIEWERS; i++) {
                viewers.add(openWhenThereIsRoom(events));
            }
            SseClient refused = SseClient.open(events);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isEqualTo("30");
            recorder.control("unshare");
            viewers.forEach(SseClient::awaitEnd);
            recorder.control("share");
            URI again =
                    URI.create(recorder.await("share", message -> !below(URI.create(message.getString("url")), "events")
                                    .equals(events))
                            .getString("url"));
            openWhenThereIsRoom(below(again, "events")).close();
        }
    }

    /** A reader that went away without a word is noticed with the next comment. */
    private static SseClient openWhenThereIsRoom(URI events) {
        SseClient[] viewer = new SseClient[1];
        Wait.until(Duration.ofMinutes(1), () -> "a free place", () -> {
            viewer[0] = SseClient.silent(events, Map.of());
            return viewer[0].status() == 200;
        });
        viewer[0].read().await("snapshot");
        return viewer[0];
    }

    @Test
    void who_tries_links_is_told_less_and_less_while_real_links_work() throws Exception {
        try (StenoClient recorder = StenoClient.connect(steno.base())) {
            URI link = share(recorder);
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 22; i++) {
                statuses.add(get(steno.base().resolve("live/" + "A".repeat(20) + (10 + i)))
                        .statusCode());
            }
            assertThat(statuses.subList(0, 20)).containsOnly(404);
            assertThat(statuses.subList(20, 22)).containsOnly(429);
            assertThat(get(link).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void finals_come_in_the_languages_that_are_read_or_were_asked_for() throws Exception {
        byte[] audio = AmazonStandIns.audio(6);
        try (StenoClient recorder = StenoClient.connect(steno.base())) {
            recorder.text("{\"type\":\"control\",\"action\":\"start\",\"share\":true,\"translate_to\":[\"fr\"]}");
            URI link = url(recorder);
            TRANSLATOR.fail(503);
            SseClient german = openWhenThereIsRoom(below(link, "events?lang=de"));
            AmazonStandIns.send(recorder, audio);
            german.await("final", event -> event.data().getInt("segment") == 1);
            assertThat(german.events("translation")).isEmpty();
            TRANSLATOR.fail(0);
            german.await("translation", event -> event.data().getInt("segment") == 1);
            assertThat(german.events("translation"))
                    .extracting(event -> event.data().getString("text"))
                    .containsExactlyInAnyOrderElementsOf(AudioDigest.finals(audio).stream()
                            .map(text -> "de: " + text)
                            .toList());
            recorder.await(
                    "translation", message -> message.getString("language_code").equals("fr"));
            recorder.control("stop");
            String key = recorder.await("saved").getString("s3_key");
            german.await("end");
            german.close();
            Path french = steno.archive().resolve(key.replace(".txt", ".fr.vtt"));
            Wait.until(Duration.ofMinutes(1), () -> french + " in the archive", () -> Files.exists(french));
            assertThat(french).content().startsWith("WEBVTT").contains("fr: ");
            assertThat(recorder.messages())
                    .filteredOn(message -> message.getString("type").equals("translation"))
                    .extracting(message -> message.getString("language_code"))
                    .containsOnly("fr");
        }
    }
}
