package dev.steno.session.recording;

import dev.steno.transcript.AudioFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Recognises audio that is not what Steno takes, so that the client is told what it sent instead of reading nonsense.
 * By its first bytes, and by the speed at which it comes. Belongs to the session's worker.
 */
public final class WrongAudio {
    private static final String TAKEN = "Send raw samples: 16-bit signed little-endian PCM, one channel, 16000 Hz. "
            + "Other rates are named in start as sample_rate.";

    /** So many samples tell floats from integers: a quarter of a second of either is never all of one magnitude. */
    private static final int FLOATS = 800;

    /** Bursts, hiccups and the start have passed after this. */
    private static final Duration STEADY = Duration.ofSeconds(20);

    /** How far from a known speed a clock or a network may lie. */
    private static final double TOLERANCE = 0.02;

    /** @param bytes one character a byte */
    private record Magic(int at, String bytes, String name) {
        boolean begins(byte[] audio) {
            return audio.length >= at + bytes.length()
                    && new String(audio, at, bytes.length(), StandardCharsets.ISO_8859_1).equals(bytes);
        }
    }

    /** First bytes of what browsers, recorders and converters write. */
    private static final Magic[] MAGICS = {
        new Magic(0, "OggS", "an Ogg stream (Opus or Vorbis)"),
        new Magic(0, "\u001aE\u00df\u00a3", "a WebM or Matroska stream"),
        new Magic(0, "fLaC", "a FLAC file"),
        new Magic(0, "ID3", "an MP3 file"),
        new Magic(4, "ftyp", "an MP4 file (AAC)"),
        new Magic(0, "FORM", "an AIFF file"),
        new Magic(0, "caff", "a Core Audio file"),
        new Magic(0, "#!AMR", "an AMR file"),
    };

    /** A client that was silent for so long has paused: its speed is measured anew. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private long startedAt;
    private long lastAt;
    private boolean first = true;
    private String refusal;
    private boolean slownessTold;
    private long bytes;

    /** @param now as nanoTime */
    public WrongAudio(long now) {
        startedAt = now;
        lastAt = now;
    }

    /** @return why this chunk is refused, and what to send instead */
    public Optional<String> refusal(byte[] chunk) {
        if (first) {
            first = false;
            Optional<String> wav = wav(chunk);
            if (wav.isPresent()) {
                return wav;
            }
            refusal = Arrays.stream(MAGICS)
                    .filter(magic -> magic.begins(chunk))
                    .findFirst()
                    .map(magic -> "This is " + magic.name() + ". " + TAKEN)
                    .orElse(areFloats(chunk) ? "These are 32-bit floating-point samples. " + TAKEN : null);
        }
        return Optional.ofNullable(refusal);
    }

    /** A WAV file of the right format only has to lose its header; of another one nothing can be used. */
    private Optional<String> wav(byte[] chunk) {
        if (!new Magic(0, "RIFF", "").begins(chunk) || chunk.length < 36) {
            return Optional.empty();
        }
        ByteBuffer header = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
        int channels = header.getShort(22);
        int rate = header.getInt(24);
        int bits = header.getShort(34);
        String found = "This is a WAV file (" + rate + " Hz, " + channels + " channels, " + bits + " bits). ";
        boolean fits = header.getShort(20) == 1 && channels == 1 && rate == AudioFormat.SAMPLE_RATE_HERTZ && bits == 16;
        if (!fits) {
            refusal = found + TAKEN;
        }
        return Optional.of(found + (fits ? "Send its samples without the header of the file." : TAKEN));
    }

    /**
     * Between 2^-30 and 2 in magnitude, all of them: as integers that would be steady, enormous noise, or a level that
     * stays the same, in which neighbours are equal.
     */
    private static boolean areFloats(byte[] chunk) {
        if (chunk.length < 4 * FLOATS || chunk.length % 4 != 0) {
            return false;
        }
        int sounds = 0;
        int equalNeighbours = 0;
        for (int at = 3; at < 4 * FLOATS; at += 4) {
            int exponent = chunk[at] & 0x7f;
            boolean silent = chunk[at] == 0 && chunk[at - 1] == 0 && chunk[at - 2] == 0 && chunk[at - 3] == 0;
            if (!silent && (exponent < 0x30 || exponent > 0x3f)) {
                return false;
            }
            sounds += silent ? 0 : 1;
            equalNeighbours += chunk[at] == chunk[at - 2] && chunk[at - 1] == chunk[at - 3] ? 1 : 0;
        }
        return sounds > FLOATS / 2 && equalNeighbours < FLOATS / 2;
    }

    /** @return what to tell the client, once, if the audio has always come at half the speed of speech */
    Optional<String> onAccepted(int count, long now) {
        if (now - lastAt > PAUSE.toNanos()) {
            startedAt = now;
            bytes = 0;
        }
        lastAt = now;
        bytes += count;
        if (slownessTold || now - startedAt < STEADY.toNanos() || !isNear(speed(now), 0.5)) {
            return Optional.empty();
        }
        slownessTold = true;
        return Optional.of("The audio comes at half the speed of speech, as audio of 8000 Hz does. " + TAKEN);
    }

    /** For a client that is too fast: which sample rate its speed looks like. */
    String explanation(long now) {
        double speed = speed(now);
        for (int rate : new int[] {22_050, 24_000, 32_000, 44_100, 48_000, 96_000}) {
            if (isNear(speed, (double) rate / AudioFormat.SAMPLE_RATE_HERTZ)) {
                return " It comes at " + Math.round(speed * 100) / 100.0 + " times the speed of speech, as audio of "
                        + rate + " Hz does. " + TAKEN;
            }
        }
        return "";
    }

    private double speed(long now) {
        return AudioFormat.seconds(bytes) / Math.max(0.001, (now - startedAt) / 1e9);
    }

    private static boolean isNear(double speed, double known) {
        return Math.abs(speed / known - 1) < TOLERANCE;
    }
}
