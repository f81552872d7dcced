package dev.steno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.testing.RedisProcess;
import dev.steno.testing.SseClient;
import dev.steno.testing.SteadySpeaker;
import dev.steno.testing.SteadySpeakers;
import dev.steno.testing.StenoClient;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.Wait;
import dev.steno.testing.transcribe.ReceivedStream;
import dev.steno.testing.transcribe.TranscribeServerOptions;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes with one store are one Steno. One test, because starts of servers are most of it: readers at both nodes, a
 * kill, a node that stands still, a hand-over, and a recording that nobody returns to.
 */
class ClusterIT {
    private static final int RECORDINGS = Integer.getInteger("steno.cluster.recordings", 3);

    /** Of the node that is killed. */
    private static final int VIEWERS = Integer.getInteger("steno.cluster.viewers", 3);

    /** What a thread was about to write to its socket when the node was stopped: nothing can call that back. */
    private static final long ON_THE_WAY_BYTES = 6_400;

    private static final Duration FREEZE = Duration.ofSeconds(Integer.getInteger("steno.cluster.freeze", 5));
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Longer than a node stands still: its streams are still there when it goes on. */
    private final AmazonStandIns amazon =
            new AmazonStandIns(TranscribeServerOptions.defaults().withIdle(Duration.ofMinutes(2)));

    private final TranslationServer translator = TranslationServer.start();
    private final AtomicReference<StenoProcess> balanced = new AtomicReference<>();
    private final SteadySpeakers speakers =
            new SteadySpeakers(() -> balanced.get().base());
    private final List<StenoProcess> started = new ArrayList<>();
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
        speakers.close();
        started.forEach(StenoProcess::close);
        redis.close();
        translator.close();
        amazon.close();
    }

    @Test
    void is_one_steno_whatever_becomes_of_its_nodes() throws Exception {
        StenoProcess first = start("a");
        StenoProcess second = start("b");
        balanced.set(first.awaitOk("healthz/ready"));
        second.awaitOk("healthz/ready");
        assertThat(second.loadedClasses()).contains("io.lettuce");
        opens_and_closes_links_at_both_nodes(first, second);
        keeps_a_room_from_one_node_to_the_other(first, second);

        SteadySpeaker shared = speakers.add(300).sharing();
        for (int i = 1; i < RECORDINGS; i++) {
            speakers.add(300);
        }
        speakers.start();
        speakers.awaitFinals(1, this::logs);
        String token = token(shared.link());
        List<SseClient> here = new ArrayList<>();
        for (int i = 0; i < VIEWERS; i++) {
            here.add(SseClient.open(events(first, token)));
        }
        SseClient there = SseClient.open(URI.create(events(second, token) + "?lang=fr"));
        here.forEach(viewer -> viewer.await("partial"));
        there.await("partial");
        there.await("translation");
        Wait.until(
                PATIENCE,
                () -> (VIEWERS + 1) + " viewers, not " + shared.viewers(),
                () -> shared.viewers() == VIEWERS + 1);
        here.forEach(viewer -> viewer.await("final", event -> event.data().getInt("segment") > 0));

        balanced.set(second);
        first.kill();
        List<SseClient> back = new ArrayList<>();
        for (SseClient viewer : here) {
            viewer.awaitEnd();
            back.add(SseClient.open(
                    events(second, token), Map.of("Last-Event-ID", last(viewer).id())));
        }
        speakers.awaitFinals(2, this::logs);
        assertThat(token(shared.link())).isEqualTo(token);

        // It finds the journals of its former life on its disk, whose recordings run at the other node.
        StenoProcess third = start("a").awaitOk("healthz/ready");
        stands_still_and_then_sends_nothing(second, third);
        balanced.set(second);
        third.terminate();
        speakers.awaitFinals(4, this::logs);
        assertThat(third.log()).contains("is seen to by the cluster");

        speakers.finish();
        speakers.assertWhole(4);
        System.getLogger(ClusterIT.class.getName())
                .log(System.Logger.Level.INFO, "Silences of clients: {0}", speakers.silences());
        List<String> said = SteadySpeakers.texts(shared.finals());
        assertThat(there.await("end").data().getString("reason")).isEqualTo("saved");
        assertThat(heard(there)).isEqualTo(said);
        for (int i = 0; i < VIEWERS; i++) {
            back.get(i).awaitEnd();
            assertThat(back.get(i).events("snapshot")).isEmpty();
            assertThat(Stream.concat(heard(here.get(i)).stream(), heard(back.get(i)).stream()))
                    .containsExactlyElementsOf(said);
        }

        StenoProcess fourth = start("c").awaitOk("healthz/ready");
        assertThat(get(fourth, "live/" + token + "/captions.txt").body()).isEqualTo(String.join("\n", said) + "\n");
        archives_what_nobody_returns_to(second, fourth);
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

    private void keeps_a_room_from_one_node_to_the_other(StenoProcess first, StenoProcess second) {
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
        try (StenoClient recorder = StenoClient.connect(second.base())) {
            recorder.text("{\"type\":\"control\",\"action\":\"start\",\"room\":\"hall\"}");
            assertThat(token(recorder)).isEqualTo(token);
            SseClient other = SseClient.open(events(first, token));
            AmazonStandIns.send(recorder, audio);
            other.await("final");
            recorder.control("stop");
            recorder.await("saved");
            other.await("end");
        }
        Wait.until(
                PATIENCE,
                () -> "two recordings among " + reader.events(),
                () -> reader.events("end").size() == 2);
        assertThat(reader.events("snapshot").stream()
                        .map(event -> event.data().getString("recording"))
                        .filter(recording -> !recording.isEmpty()) // as in a room that waits
                        .distinct())
                .hasSize(2);
    }

    /**
     * Clients go on at another node. One of them leaves its old connection open, with audio in it: the node that stood
     * still reads that when it goes on, and must not use it.
     */
    private void stands_still_and_then_sends_nothing(StenoProcess frozen, StenoProcess other) throws Exception {
        balanced.set(other);
        try (StenoClient left = StenoClient.connect(frozen.base())) {
            AmazonStandIns.send(left, AmazonStandIns.audio(3.5));
            String said = left.await("transcript", message -> message.getBoolean("is_final"))
                    .getString("text");
            List<ReceivedStream> streams = amazon.transcribe().streams();
            frozen.freeze();
            AmazonStandIns.send(left, AmazonStandIns.audio(4));
            Thread.sleep(FREEZE.toMillis());
            try (StenoClient resumed = left.resume(other.base())) {
                resumed.await("session");
                speakers.awaitFinals(3, this::logs);
                List<Long> before = streams.stream().map(ReceivedStream::bytes).toList();
                frozen.thaw();
                Wait.until(
                        PATIENCE,
                        frozen::log,
                        () -> frozen.log().split("the recording goes on at another node", -1).length > RECORDINGS + 1);
                for (int i = 0; i < before.size(); i++) {
                    assertThat(streams.get(i).bytes() - before.get(i)).isLessThanOrEqualTo(ON_THE_WAY_BYTES);
                }
                resumed.control("stop");
                resumed.await("saved");
                assertThat(transcripts()).contains(said + "\n");
            }
        }
    }

    private void archives_what_nobody_returns_to(StenoProcess owner, StenoProcess other) throws Exception {
        try (SteadySpeakers leaving = new SteadySpeakers(owner::base)) {
            SteadySpeaker speaker = leaving.add(60);
            leaving.start();
            leaving.awaitFinals(1, this::logs);
            leaving.leave();
            owner.kill();
            String words = String.join("\n", SteadySpeakers.texts(speaker.finals()));
            Wait.until(PATIENCE, other::log, () -> transcripts().stream().anyMatch(text -> text.startsWith(words)));
        }
        assertThat(transcripts()).as("each recording once").hasSize(RECORDINGS + 4);
    }

    private static String token(StenoClient recorder) {
        return token(recorder.await("share").getString("url"));
    }

    private static String token(String link) {
        return link.substring(link.lastIndexOf('/') + 1);
    }

    private static URI events(StenoProcess node, String token) {
        return node.base().resolve("live/" + token + "/events");
    }

    private HttpResponse<String> get(StenoProcess node, String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(node.base().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static SseClient.Event last(SseClient viewer) {
        List<SseClient.Event> finals = viewer.events("final");
        return finals.get(finals.size() - 1);
    }

    /** As a page shows it: a snapshot replaces everything. */
    private static List<String> heard(SseClient reader) {
        List<String> heard = new ArrayList<>();
        for (SseClient.Event event : reader.events()) {
            if (event.name().equals("snapshot")) {
                heard.clear();
                heard.addAll(
                        SteadySpeakers.texts(event.data().getJsonArray("finals").getValuesAs(JsonObject.class)));
            } else if (event.name().equals("final")) {
                heard.add(event.data().getString("text"));
            }
        }
        return heard;
    }

    private StenoProcess start(String node) throws IOException {
        Map<String, String> settings = amazon.inFolder(
                "SESSION_RESUME_WINDOW",
                "PT30S",
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
        StenoProcess process =
                StenoProcess.start(Files.createDirectories(folder.resolve(node + "-" + started.size())), settings);
        started.add(process);
        return process;
    }

    private String logs() {
        StringBuilder logs = new StringBuilder();
        started.forEach(each -> logs.append("\n----\n").append(each.log()));
        return logs.toString();
    }

    private List<String> transcripts() {
        try (Stream<Path> files = Files.list(folder.resolve("transcripts"))) {
            List<String> texts = new ArrayList<>();
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".txt")).toList()) {
                texts.add(Files.readString(file));
            }
            return texts;
        } catch (IOException e) {
            return List.of();
        }
    }
}
