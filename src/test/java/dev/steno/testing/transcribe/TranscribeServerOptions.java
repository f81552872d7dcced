package dev.steno.testing.transcribe;

import java.time.Duration;

/**
 * What the stand-in plays.
 *
 * @param port 0 = any free one
 * @param sessionToken empty = none
 * @param idle without new audio for this long a stream is ended; 15 s at AWS
 * @param streamLimit concurrent streams of the account; 25 at AWS
 * @param partialPadding characters that each partial result has beside its words, for what must be filled quickly
 */
public record TranscribeServerOptions(
        int port,
        String accessKey,
        String secretKey,
        String sessionToken,
        String region,
        Duration idle,
        int streamLimit,
        int partialPadding) {
    /** AWS's documentation examples as credentials. */
    public static TranscribeServerOptions defaults() {
        return new TranscribeServerOptions(
                0,
                "AKIDEXAMPLE",
                "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
                "",
                "us-east-1",
                Duration.ofSeconds(15),
                25,
                0);
    }

    public TranscribeServerOptions withPort(int newPort) {
        return new TranscribeServerOptions(
                newPort, accessKey, secretKey, sessionToken, region, idle, streamLimit, partialPadding);
    }

    public TranscribeServerOptions withIdle(Duration newIdle) {
        return new TranscribeServerOptions(
                port, accessKey, secretKey, sessionToken, region, newIdle, streamLimit, partialPadding);
    }

    public TranscribeServerOptions withStreamLimit(int newLimit) {
        return new TranscribeServerOptions(
                port, accessKey, secretKey, sessionToken, region, idle, newLimit, partialPadding);
    }

    public TranscribeServerOptions withSessionToken(String newToken) {
        return new TranscribeServerOptions(
                port, accessKey, secretKey, newToken, region, idle, streamLimit, partialPadding);
    }

    public TranscribeServerOptions withPartialPadding(int characters) {
        return new TranscribeServerOptions(
                port, accessKey, secretKey, sessionToken, region, idle, streamLimit, characters);
    }
}
