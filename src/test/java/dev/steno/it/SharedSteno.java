package dev.steno.it;

import dev.steno.testing.StenoProcess;
import dev.steno.testing.Wait;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Servers for all the tests that leave them as they were: a start takes longer than most tests. End with the JVM. */
public final class SharedSteno {
    public static final String SLIM = "the slim WAR has no embedded recogniser";

    /** How many the embedded recogniser hears at once; eight take a machine that has little else to do. */
    public static final int LISTENERS = Integer.getInteger("steno.listeners", 2);

    /** Tokens of the callers of {@link #signedIn}. */
    public static final String ALICE = "alice-knows-this-secret";

    public static final String BOB = "bob-knows-another-one";

    private SharedSteno() {}

    /** With the embedded recogniser, for {@link #LISTENERS} at once: hears words, and keeps them in a folder. */
    public static StenoProcess listening() {
        return awaitIdle(Listening.STENO);
    }

    /**
     * At /steno, with what stands in for Amazon, for two recordings at once that run ahead by 5 s at most. All tests
     * are one caller, and some start recordings by the hundred. Shares nothing. Patient, because the first recording of
     * a busy machine takes long.
     */
    public static StenoProcess onAmazon() {
        return awaitIdle(OnAmazon.STENO);
    }

    public static AmazonStandIns amazon() {
        return OnAmazon.STAND_INS;
    }

    /**
     * For callers with tokens, {@link #ALICE}'s and {@link #BOB}'s; with what stands in for Amazon, {@link
     * #amazonOfSignedIn}, whose bucket keeps the audio as well; its log is JSON.
     */
    public static StenoProcess signedIn() {
        return awaitIdle(SignedIn.STENO);
    }

    public static AmazonStandIns amazonOfSignedIn() {
        return SignedIn.STAND_INS;
    }

    private static final class SignedIn {
        static final AmazonStandIns STAND_INS = new AmazonStandIns();
        static final StenoProcess STENO = endingWithTests(StenoProcess.start(
                folder("signed-in"),
                STAND_INS.settings(
                        "AUTH_MODE",
                        "token",
                        "AUTH_TOKENS",
                        "alice:" + ALICE + ",bob:" + BOB,
                        "AUTH_QUERY_TOKEN",
                        "true",
                        "ALLOWED_ORIGINS",
                        "https://app.example.com",
                        "METRICS_ACCESS",
                        "authenticated",
                        "ARCHIVE_AUDIO",
                        "wav",
                        "LOG_FORMAT",
                        "json")));
    }

    private static final class Listening {
        /** With an optimiser, which doubles the speed; patient, because it may share the machine with other builds. */
        static final StenoProcess STENO = endingWithTests(StenoProcess.start(
                folder("listening"),
                Map.of(
                        "SPHINX_POOL",
                        Integer.toString(LISTENERS),
                        "SESSION_STOP_TIMEOUT",
                        "PT50S",
                        "JAVA_TOOL_OPTIONS",
                        "-Xmx512m -XX:+UseSerialGC")));
    }

    private static final class OnAmazon {
        static final AmazonStandIns STAND_INS = new AmazonStandIns();
        static final StenoProcess STENO = probedFirst(endingWithTests(StenoProcess.start(
                folder("amazon"),
                "/steno",
                STAND_INS.settings(
                        "SESSION_LIMIT",
                        "2",
                        "SESSION_STOP_TIMEOUT",
                        "PT50S",
                        "REPLAY_BUFFER",
                        "PT5S",
                        "CALLER_STARTS_PER_MINUTE",
                        "100000",
                        "SHARING",
                        "off"))));
    }

    /**
     * The server's own health address, which belongs to no application, is the first that is asked, again and again
     * until Steno is ready: as orchestrators do. On Payara such requests once took the threads of the engine away.
     */
    private static StenoProcess probedFirst(StenoProcess steno) {
        if (steno.servesHealth()) {
            Wait.until(
                    Duration.ofMinutes(3), () -> "readiness by /health/ready:\n" + steno.log(), () -> isReady(steno));
        }
        return steno;
    }

    /** The server says UP as well as long as it has no application. */
    private static boolean isReady(StenoProcess steno) {
        try (JsonReader reader =
                Json.createReader(steno.base().resolve("/health/ready").toURL().openStream())) {
            return !reader.readObject().getJsonArray("checks").isEmpty();
        } catch (IOException e) { // also for a status other than 200
            return false;
        }
    }

    private static Path folder(String name) {
        try {
            return Files.createTempDirectory(
                    Files.createDirectories(Path.of(System.getProperty("steno.it.directory"))), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StenoProcess endingWithTests(StenoProcess steno) {
        Runtime.getRuntime().addShutdownHook(new Thread(steno::kill));
        return steno;
    }

    /** Waits until it is ready and no recording of an earlier test still ends. */
    private static StenoProcess awaitIdle(StenoProcess steno) {
        steno.awaitOk("healthz/ready");
        awaitRecordings(steno, 0);
        return steno;
    }

    /** Waits until so many recordings run. */
    public static void awaitRecordings(StenoProcess steno, int number) {
        Wait.until(Duration.ofMinutes(1), () -> number + " recordings", () -> recordings(steno) == number);
    }

    private static int recordings(StenoProcess steno) {
        try (JsonReader reader =
                Json.createReader(steno.base().resolve("info").toURL().openStream())) {
            return reader.readObject().getInt("recordings");
        } catch (IOException e) { // also for a status other than 200
            return -1;
        }
    }
}
