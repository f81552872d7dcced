package dev.steno.recognition.realtime;

import dev.steno.transcript.AudioFormat;

/**
 * Finds where an utterance ends, for servers that leave this to the client. The end is a pause; who makes none is
 * interrupted at a quiet moment after a while, and without one some time later: what is not final would otherwise grow
 * beyond what can be sent again after a break.
 */
final class Turns {
    private static final double PAUSE_SECONDS = 0.7;

    /** From here on, a quiet tenth of a second is pause enough. */
    private static final double LONG_SECONDS = 12;

    private static final double LONGEST_SECONDS = 20;

    /** Half of the loudness of speech into a microphone, and far above a quiet room: as in the session's watchdog. */
    private static final int AUDIBLE_LEVEL = 328;

    private double seconds;
    private double quietSeconds;
    private boolean speech;

    /** @return whether the utterance ends after this piece */
    boolean hear(byte[] pcm) {
        double length = AudioFormat.seconds(pcm.length);
        seconds += length;
        if (isAudible(pcm)) {
            speech = true;
            quietSeconds = 0;
        } else {
            quietSeconds += length;
        }
        boolean pause = speech && quietSeconds >= PAUSE_SECONDS;
        boolean breath = seconds >= LONG_SECONDS && quietSeconds > 0;
        return pause || breath || seconds >= LONGEST_SECONDS;
    }

    /** How much was heard since the last end. */
    double seconds() {
        return seconds;
    }

    /** The utterance was ended, here or elsewhere. */
    void next() {
        seconds = 0;
        quietSeconds = 0;
        speech = false;
    }

    private static boolean isAudible(byte[] pcm) {
        long sum = 0;
        for (int i = 0; i + 1 < pcm.length; i += 2) {
            sum += Math.abs((pcm[i] & 0xff) | (pcm[i + 1] << 8));
        }
        return sum >= (long) AUDIBLE_LEVEL * (pcm.length / 2);
    }
}
