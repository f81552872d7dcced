package dev.steno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.testing.RedisProcess;
import dev.steno.testing.SseClient;
import dev.steno.testing.SteadySpeaker;
import dev.steno.testing.StenoClient;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.Wait;
import dev.steno.testing.translation.TranslationServer;
import jakarta.json.JsonObject;
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
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Readers may be at any node, and stay when the node that records dies. */
class AudienceClusterIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final AmazonStandIns amazon = new AmazonStandIns();
    private final TranslationServer translator = TranslationServer.start();
    private final List<StenoProcess> started = new ArrayList<>();
    private final AtomicReference<StenoProcess> balanced = new AtomicReference<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS) // the logs say why
    private Path folder;

    private RedisProcess redis;

    @BeforeEach
    void startStore() throws IOException {
        redis = RedisProcess.start(Files.createDirectories(folder.resolve("redis")));
    }

    @AfterEach
    void close() {
        started.forEach(StenoProcess::close);
        redis.close();
        translator.close();
        amazon.close();
    }

    @Test
    void reads_along_at_any_node_through_the_death_of_the_one_that_records() throws Exception {
        StenoProcess first = start("a");
        StenoProcess second = start("b");
        balanced.set(first.awaitOk("healthz/ready"));
        second.awaitOk("healthz/ready");
        opens_and_closes_links_at_both_nodes(first, second);
        keeps_a_room_from_one_node_to_the_other(first, second);

        SteadySpeaker speaker = new SteadySpeaker(() -> balanced.get().base(), 5, 120).sharing();
        Thread thread = new Thread(speaker);
        thread.start();
        Wait.until(PATIENCE, first::log, () -> speaker.link() != null);
        String token = speaker.link().substring(speaker.link().lastIndexOf('/') + 1);
        SseClient here = SseClient.open(events(first, token));
        SseClient there = SseClient.open(URI.create(events(second, token) + "?lang=fr"));
        there.await("partial");
        there.await("translation");
        Wait.until(PATIENCE, () -> "two viewers, not " + speaker.viewers(), () -> speaker.viewers() == 2);
        SseClient.Event held = here.await("final", event -> event.data().getInt("segment") > 0);

        balanced.set(second);
        first.kill();
        here.awaitEnd();
        SseClient back = SseClient.open(events(second, token), Map.of("Last-Event-ID", held.id()));
        int before = speaker.finals().size();
        Wait.until(PATIENCE, second::log, () -> speaker.finals().size() > before + 1);
        assertThat(speaker.link()).endsWith("/live/" + token);
        speaker.stop();
        thread.join(PATIENCE.toMillis());
        assertThat(speaker.faults()).isEmpty();
        assertThat(speaker.sessionIds()).hasSizeGreaterThan(1);

        List<String> said = texts(speaker.finals());
        assertThat(there.await("end").data().getString("reason")).isEqualTo("saved");
        assertThat(heard(there)).isEqualTo(said);
        back.awaitEnd();
        assertThat(back.events("snapshot")).isEmpty();
        int resumed = held.data().getInt("segment") + 1;
        assertThat(heard(back)).isEqualTo(said.subList(resumed, said.size()));

        StenoProcess third = start("c").awaitOk("healthz/ready");
        assertThat(get(third, "live/" + token + "/captions.txt").body()).isEqualTo(String.join("\n", said) + "\n");
    }

    private void opens_and_closes_links_at_both_nodes(StenoProcess first, StenoProcess second) throws Exception {
        try (StenoClient recorder = StenoClient.connect(first.base())) {
            recorder.control("share");
            String token = token(recorder);
            assertThat(get(second, "live/" + token).statusCode()).isEqualTo(200);
            SseClient reader = SseClient.open(events(second, token));
            assertThat(reader.await("snapshot").data().getString("state")).isEqualTo("waiting");
            recorder.control("unshare");
            assertThat(reader.await("end").data().getString("reason")).isEqualTo("unshared");
            assertThat(get(second, "live/" + token).statusCode()).isEqualTo(410);
            assertThat(get(second, "live/" + "A".repeat(22)).statusCode()).isEqualTo(404);
        }
    }

    private void keeps_a_room_from_one_node_to_the_other(StenoProcess first, StenoProcess second) throws Exception {
        byte[] audio = AmazonStandIns.audio(3.5);
        String token;
        SseClient reader;
        try (StenoClient recorder = StenoClient.connect(first.base())) {
            recorder.text("{\"type\":\"control\",\"action\":\"start\",\"room\":\"hall\"}");
            token = token(recorder);
            reader = SseClient.open(events(second, token));
            AmazonStandIns.send(recorder, audio);
            reader.await("final");
            recorder.control("stop");
            recorder.await("saved");
        }
        reader.await("end");
        reader.await("snapshot", event -> event.data().getString("state").equals("waiting"));
        try (StenoClient recorder = StenoClient.connect(second.base())) {
            recorder.text("{\"type\":\"control\",\"action\":\"start\",\"room\":\"hall\"}");
            assertThat(token(recorder)).isEqualTo(token);
            SseClient other = SseClient.open(events(first, token));
            AmazonStandIns.send(recorder, audio);
            other.await("final");
            Wait.until(
                    PATIENCE,
                    () -> "the second recording among " + reader.events(),
                    () -> reader.events("final").size() > 1);
            recorder.control("stop");
            recorder.await("saved");
            other.await("end");
        }
    }

    private static String token(StenoClient recorder) {
        String url = recorder.await("share").getString("url");
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private static URI events(StenoProcess node, String token) {
        return node.base().resolve("live/" + token + "/events");
    }

    private HttpResponse<String> get(StenoProcess node, String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(node.base().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** As a page shows it: a snapshot replaces everything. */
    private static List<String> heard(SseClient reader) {
        List<String> heard = new ArrayList<>();
        for (SseClient.Event event : reader.events()) {
            if (event.name().equals("snapshot")) {
                heard.clear();
                heard.addAll(texts(event.data().getJsonArray("finals").getValuesAs(JsonObject.class)));
            } else if (event.name().equals("final")) {
                heard.add(event.data().getString("text"));
            }
        }
        return heard;
    }

    private static List<String> texts(List<JsonObject> finals) {
        return finals.stream().map(heard -> heard.getString("text")).toList();
    }

    private StenoProcess start(String node) throws IOException {
        Map<String, String> settings = amazon.settings(
                "S3_BUCKET",
                "",
                "TRANSCRIPTION_ENGINE",
                "amazon-transcribe",
                "SESSION_RESUME_WINDOW",
                "PT20S",
                "TRANSLATION",
                "libretranslate",
                "TRANSLATION_URL",
                translator.base().toString(),
                "ARCHIVE_DIR",
                folder.resolve("transcripts").toString(),
                "JOURNAL_DIR",
                folder.resolve("journal-" + node).toString(),
                "CLUSTER_URL",
                redis.url());
        StenoProcess process = StenoProcess.start(Files.createDirectories(folder.resolve(node)), settings);
        started.add(process);
        return process;
    }
}
