package dev.steno.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.steno.testing.Browser;
import dev.steno.testing.SteadySpeaker;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.Wait;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * hls.js plays a live video of another origin with Steno's subtitle playlist. Takes more than a minute, and needs
 * ffmpeg and hls.js:
 *
 * <pre>
 * npm install --prefix /tmp/hls hls.js@1.7.4
 * ./mvnw verify -Dit.test=HlsBrowserIT -Dsteno.hls=/tmp/hls/node_modules/hls.js/dist/hls.min.js
 * </pre>
 */
@EnabledIf(value = "dev.steno.testing.Browser#isExpected", disabledReason = Browser.MISSING)
@EnabledIfSystemProperty(named = "steno.hls", matches = ".+", disabledReason = "-Dsteno.hls names no hls.min.js")
class HlsBrowserIT {
    private static final int SPOKEN_SECONDS = 30;
    private static final int PIECE_SECONDS = 6;
    private static final int PIECES = SPOKEN_SECONDS / PIECE_SECONDS + 1;

    private static final double SECOND = 1_000;

    @TempDir
    private Path folder;

    private URI link;
    private Instant began;

    @Test
    void shows_each_cue_at_its_place_in_the_video() throws Exception {
        video();
        HttpServer origin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        origin.createContext("/", this::serve);
        try (AmazonStandIns amazon = new AmazonStandIns();
                StenoProcess steno = StenoProcess.start(folder, "/", amazon.inFolder());
                Browser browser = Browser.hearing(folder.resolve("silence.wav"))) {
            steno.awaitOk("healthz/ready");
            SteadySpeaker speaker = new SteadySpeaker(steno::base, 1, SPOKEN_SECONDS).sharing();
            Thread speaking = new Thread(speaker, "speaker");
            speaking.start();
            Wait.until(
                    Duration.ofSeconds(30),
                    () -> "a link and words",
                    () -> speaker.link() != null
                            && !captions(URI.create(speaker.link()))
                                    .getJsonArray("segments")
                                    .isEmpty());
            link = URI.create(speaker.link());
            began = Instant.parse(captions(link).getString("started_at"));
            origin.start();
            Wait.until(Duration.ofSeconds(30), () -> "video that can be played", () -> Instant.now()
                    .isAfter(began.plusSeconds(2 * PIECE_SECONDS)));
            Page page = browser.newPage();
            page.navigate("http://127.0.0.1:" + origin.getAddress().getPort() + "/player.html");
            speaking.join();
            JsonObject said = captions(link);
            assertThat(said.getJsonArray("segments")).hasSize(SPOKEN_SECONDS / 3);
            Wait.until(
                    Duration.ofMinutes(2),
                    () -> "all cues of " + shown(page) + ", faults " + page.evaluate("faults"),
                    () -> shown(page).size() == SPOKEN_SECONDS / 3);
            System.out.println(shown(page) + " " + page.evaluate("faults"));
            for (JsonObject segment : said.getJsonArray("segments").getValuesAs(JsonObject.class)) {
                double at = ((Number) shown(page).get(segment.getString("text"))).doubleValue() - began.toEpochMilli();
                assertThat(at / SECOND)
                        .as(segment.getString("text"))
                        .isCloseTo(segment.getJsonNumber("start").doubleValue(), within(1.0));
            }
            assertThat(page.evaluate("faults").toString()).doesNotContain("fatal");
        } finally {
            origin.stop(0);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> shown(Page page) {
        return (Map<String, Object>) page.evaluate("shown");
    }

    private static JsonObject captions(URI link) {
        try (InputStream body = URI.create(link + "/captions.json").toURL().openStream();
                JsonReader reader = Json.createReader(body)) {
            return reader.readObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A picture with a clock, in pieces that begin with a key frame, and a sound for the browser. */
    private void video() throws IOException, InterruptedException {
        run("ffmpeg -v error -f lavfi -i anullsrc=r=16000 -t 1 " + folder.resolve("silence.wav"));
        run("ffmpeg -v error -f lavfi -i testsrc=size=640x360:rate=10 -t " + PIECES * PIECE_SECONDS
                + " -c:v libx264 -preset ultrafast -bf 0 -g " + 10 * PIECE_SECONDS + " -sc_threshold 0"
                + " -f hls -hls_list_size 0 -hls_time " + PIECE_SECONDS + " "
                + folder.resolve("video.m3u8"));
    }

    private static void run(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command.split(" ")).inheritIO().start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(command).isZero();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String name = exchange.getRequestURI().getPath().substring(1);
        byte[] body =
                switch (name) {
                    case "player.html" -> resource("/hls/player.html");
                    case "hls.js" -> Files.readAllBytes(Path.of(System.getProperty("steno.hls")));
                    case "master.m3u8" -> master().getBytes(StandardCharsets.UTF_8);
                    case "live.m3u8" -> live().getBytes(StandardCharsets.UTF_8);
                    default -> Files.readAllBytes(folder.resolve(name.replace("/", "")));
                };
        exchange.getResponseHeaders().set("Content-Type", type(name));
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream file = HlsBrowserIT.class.getResourceAsStream(name)) {
            return file.readAllBytes();
        }
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html";
            case "js" -> "text/javascript";
            case "m3u8" -> "application/vnd.apple.mpegurl";
            default -> "video/mp2t";
        };
    }

    /** As docs/audience.md says. The time stamps of ffmpeg's MPEG-TS begin at 1.4 s. */
    private String master() {
        return "#EXTM3U\n"
                + "#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"subs\",NAME=\"English\",LANGUAGE=\"en\",DEFAULT=YES,URI=\""
                + link + "/captions.m3u8?mpegts=126000\"\n"
                + "#EXT-X-STREAM-INF:BANDWIDTH=500000,CODECS=\"avc1.42c01e\",SUBTITLES=\"subs\"\nlive.m3u8\n";
    }

    /** What a packager would have published by now of a video whose first picture is of the first audio. */
    private String live() {
        long pieces = Math.min(PIECES, Duration.between(began, Instant.now()).toSeconds() / PIECE_SECONDS);
        StringBuilder playlist = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:")
                .append(PIECE_SECONDS)
                .append("\n#EXT-X-MEDIA-SEQUENCE:0\n");
        for (int piece = 0; piece < pieces; piece++) {
            playlist.append("#EXT-X-PROGRAM-DATE-TIME:")
                    .append(began.plusSeconds((long) piece * PIECE_SECONDS))
                    .append("\n#EXTINF:")
                    .append(PIECE_SECONDS)
                    .append(".000,\nvideo")
                    .append(piece)
                    .append(".ts\n");
        }
        return playlist.append(pieces == PIECES ? "#EXT-X-ENDLIST\n" : "").toString();
    }
}
