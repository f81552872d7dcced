package dev.steno.webapp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** A sine as a WAV file at 48 kHz, and what is left of it at 16 kHz. */
final class Tone {
    private static final int RATE_HERTZ = 48_000;
    private static final double AMPLITUDE = 8000;

    private Tone() {}

    static Path write(Path file, int hertz, int seconds) throws IOException {
        byte[] pcm = new byte[RATE_HERTZ * 2 * seconds];
        for (int sample = 0; sample < pcm.length / 2; sample++) {
            int value = (int) (AMPLITUDE * Math.sin(2 * Math.PI * hertz * sample / RATE_HERTZ));
            pcm[2 * sample] = (byte) value;
            pcm[2 * sample + 1] = (byte) (value >> 8);
        }
        AudioFormat format = new AudioFormat(RATE_HERTZ, 16, 1, true, false);
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(pcm), format, pcm.length / 2),
                AudioFileFormat.Type.WAVE,
                file.toFile());
        return file;
    }

    /** By counting upward zero crossings in the last second, when an automatic gain has settled. */
    static int frequency(byte[] pcm) {
        int crossings = 0;
        for (int high = pcm.length - 32_000 + 1; high < pcm.length; high += 2) {
            crossings += pcm[high - 2] < 0 && pcm[high] >= 0 ? 1 : 0; // the sign is in the sample's second byte
        }
        return crossings;
    }

    /** The last second's loudness relative to the tone that was written. */
    static double decibel(byte[] pcm) {
        double power = 0;
        for (int at = pcm.length - 32_000; at < pcm.length; at += 2) {
            int sample = (pcm[at] & 0xff) | pcm[at + 1] << 8;
            power += (double) sample * sample;
        }
        return 10 * Math.log10(Math.max(power / 16_000, 1e-9) / (AMPLITUDE * AMPLITUDE / 2));
    }
}
