package dev.steno.it.listening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steno.it.SharedSteno;
import dev.steno.testing.Clip;
import dev.steno.testing.FormBody;
import dev.steno.testing.SelfSigned;
import dev.steno.testing.SentAudio;
import dev.steno.testing.StenoClient;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.WordErrorRate;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Clients that others wrote, on Node: they must hear word for word what a client of {@code /ws} hears. */
@DisabledIfSystemProperty(named = "steno.slim", matches = "true", disabledReason = SharedSteno.SLIM)
class NodeClientsIT {
    private static final Path CLIENTS = Path.of("src/test/node");

    @TempDir
    private static Path folder;

    private final StenoProcess steno = SharedSteno.listening();
    private final Clip clip = Clip.shipped("weather.wav");

    @BeforeAll
    static void install() throws Exception {
        boolean node = Stream.of("node", "npm").allMatch(NodeClientsIT::isThere);
        assumeTrue(node || System.getenv("CI") != null, "Node.js with npm is not on the PATH");
        try (Stream<Path> files = Files.list(CLIENTS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        String said = run(List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"), 0);
        assertThat(folder.resolve("node_modules/openai")).as(said).exists();
    }

    private static boolean isThere(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator, -1))
                .anyMatch(entry -> Files.isExecutable(Path.of(entry, program)));
    }

    @Test
    void openais_own_client_hears_what_was_said() throws Exception {
        SelfSigned certificate = SelfSigned.create(folder);
        certificate.writePem(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
        Files.write(folder.resolve("24k.pcm"), SentAudio.pcm(clip.audio(), 24_000));
        JsonObject told = object(run(
                List.of(
                        "node",
                        "openai.mjs",
                        steno.base().toString(),
                        "any-key",
                        "24k.pcm",
                        "certificate.pem",
                        "key.pem"),
                0));
        assertThat(told.getJsonArray("types").getValuesAs(JsonString.class))
                .extracting(JsonString::getString)
                .startsWith("session.created", "session.updated");
        assertThat(told.getBoolean("sameAsDeltas")).isTrue();
        String heard = told.getJsonArray("transcripts").getString(0);
        assertThat(WordErrorRate.of(ownWords(), heard).rate())
                .isLessThanOrEqualTo(0.1); // the same, after two changes of rate
    }

    @Test
    void openais_own_client_transcribes_a_file_in_every_way_that_it_knows() throws Exception {
        Files.write(folder.resolve("weather.wav"), FormBody.wav(1, 1, 16_000, 16, clip.audio()));
        String own = ownWords();
        SharedSteno.awaitRecordings(steno, 0);
        JsonObject told =
                object(run(List.of("node", "files.mjs", steno.base().toString(), "any-key", "weather.wav"), 0));
        for (String way : List.of("text", "deltas", "done")) {
            assertThat(told.getString(way)).as(way).isEqualTo(own);
        }
        assertThat(told.getString("srt")).startsWith("1\n00:00:00,");
        JsonObject verbose = told.getJsonObject("verbose");
        assertThat(verbose.getString("text")).isEqualTo(own);
        assertThat(verbose.getJsonArray("words")).hasSize(own.split(" ").length);
        assertThat(told.getJsonObject("error").toString())
                .isEqualTo("{\"kind\":true,\"param\":\"language\",\"code\":\"unsupported_language\"}");
    }

    @Test
    void clients_of_vosk_hear_word_for_word_what_steno_itself_hears() throws Exception {
        String own = ownWords();
        SharedSteno.awaitRecordings(steno, 0);
        Files.write(folder.resolve("16k.pcm"), clip.audio());
        String url = "ws" + steno.base().resolve("vosk").toString().substring("http".length());
        String number = Integer.toString(SharedSteno.LISTENERS);
        JsonObject clients =
                object("{\"clients\":" + run(List.of("node", "vosk.mjs", url, "16k.pcm", number), 0) + "}");
        List<JsonObject> heard = clients.getJsonArray("clients").getValuesAs(JsonObject.class);
        assertThat(heard).hasSize(SharedSteno.LISTENERS).allSatisfy(client -> {
            assertThat(client.getInt("code")).isEqualTo(1000);
            assertThat(client.getString("text")).isEqualTo(own);
            assertThat(client.getString("words")).isEqualTo(own);
            assertThat(client.getBoolean("rising")).isTrue();
        });
    }

    private String ownWords() {
        try (StenoClient client = StenoClient.connect(steno.base())) {
            client.binary(clip.audio());
            client.control("stop");
            client.await("saved");
            return client.text();
        }
    }

    private static JsonObject object(String text) {
        return Json.createReader(new StringReader(text)).readObject();
    }

    private static String run(List<String> command, int expected) throws IOException, InterruptedException {
        Path said = Files.createTempFile(folder, "said", ".txt");
        Path complaints = Files.createTempFile(folder, "complaints", ".txt");
        Process process = new ProcessBuilder(new ArrayList<>(command))
                .directory(folder.toFile())
                .redirectError(complaints.toFile())
                .redirectOutput(said.toFile())
                .start();
        boolean ended = process.waitFor(3, TimeUnit.MINUTES);
        process.destroy();
        String problems = Files.readString(complaints);
        assertThat(ended).as(problems).isTrue();
        assertThat(process.exitValue()).as(problems).isEqualTo(expected);
        return Files.readString(said);
    }
}
