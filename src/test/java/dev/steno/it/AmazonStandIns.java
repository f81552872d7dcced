package dev.steno.it;

import dev.steno.testing.Microphone;
import dev.steno.testing.StenoClient;
import dev.steno.testing.s3.S3Server;
import dev.steno.testing.transcribe.AudioDigest;
import dev.steno.testing.transcribe.TranscribeServer;
import dev.steno.testing.transcribe.TranscribeServerOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** What stands in for Amazon Transcribe and S3, and what it is given to recognise: noise, which it tells apart. */
public final class AmazonStandIns implements AutoCloseable {
    public static final String PREFIX = "team/";

    private final TranscribeServer transcribe;
    private final S3Server s3 = S3Server.start();

    public AmazonStandIns() {
        this(TranscribeServerOptions.defaults());
    }

    public AmazonStandIns(TranscribeServerOptions options) {
        transcribe = TranscribeServer.start(options);
    }

    /** A configuration with Amazon's words, and S3's bucket. */
    public Map<String, String> settings(String... more) {
        Map<String, String> settings = new HashMap<>(s3.settings());
        settings.put("S3_PREFIX", PREFIX);
        settings.put(
                "AWS_ENDPOINT_URL_TRANSCRIBE_STREAMING", transcribe.endpoint().toString());
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    /** A configuration with Amazon's words, and transcripts in a folder. */
    public Map<String, String> inFolder(String... more) {
        Map<String, String> settings = settings(more);
        settings.put("S3_BUCKET", "");
        settings.put("TRANSCRIPTION_ENGINE", "amazon-transcribe");
        return settings;
    }

    public TranscribeServer transcribe() {
        return transcribe;
    }

    public S3Server s3() {
        return s3;
    }

    /** Seeded noise. Up to 3 s are one final, which comes at the end or, after just 3 s, at once. */
    public static byte[] audio(double seconds) {
        byte[] audio = new byte[2 * Math.toIntExact(Math.round(seconds * 16_000))];
        new Random(1).nextBytes(audio);
        return audio;
    }

    /** What the archive must hold of it. */
    public static String text(byte[] audio) {
        return String.join("\n", AudioDigest.finals(audio)) + "\n";
    }

    public static void send(StenoClient client, byte[] audio) {
        Microphone.chunks(audio).forEach(client::binary);
    }

    @Override
    public void close() {
        s3.close();
        transcribe.close();
    }
}
