package dev.steno.testing.engine;

import dev.steno.testing.Clip;
import dev.steno.testing.engine.Hearing.Heard;
import dev.steno.testing.engine.Hearing.Word;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A language in which each word is a tone: understood at any sample rate and from any place on, as speech is. Words are
 * apart by a tenth of a second, sentences by a second.
 */
public final class Tones {
    private static final List<String> WORDS =
            List.of("alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliet");

    private static final int RATE = 16_000;
    private static final double LOWEST_HERTZ = 400;
    private static final double STEP_HERTZ = 150;
    private static final int AMPLITUDE = 8_000;
    private static final double WORD_SECONDS = 0.25;
    private static final double GAP_SECONDS = 0.1;
    private static final double PAUSE_SECONDS = 1;

    private Tones() {}

    /** @param text sentences separated by full stops, of the words above */
    public static Clip speak(String text) {
        ByteBuffer audio = ByteBuffer.allocate(60 * 2 * RATE).order(ByteOrder.LITTLE_ENDIAN);
        put(audio, GAP_SECONDS, 0);
        for (String sentence : text.split("\\.", -1)) {
            for (String word : sentence.strip().split(" ", -1)) {
                put(audio, WORD_SECONDS, LOWEST_HERTZ + STEP_HERTZ * WORDS.indexOf(word));
                put(audio, GAP_SECONDS, 0);
            }
            put(audio, PAUSE_SECONDS, 0);
        }
        byte[] bytes = new byte[audio.flip().remaining()];
        audio.get(bytes);
        return Clip.of("tones", text.replace(".", ""), bytes);
    }

    private static void put(ByteBuffer audio, double seconds, double hertz) {
        int samples = (int) (seconds * RATE);
        for (int i = 0; i < samples; i++) {
            audio.putShort((short) (hertz == 0 ? 0 : AMPLITUDE * Math.sin(2 * Math.PI * hertz * i / RATE)));
        }
    }

    /** Understands it. A partial after each word, a final after half a second without one. */
    public static Hearing hearing(int rate, Consumer<Heard> listener) {
        return new Ear(rate, listener);
    }

    private static final class Ear implements Hearing {
        private final int rate;
        private final Consumer<Heard> listener;
        private final int frame;
        private final List<Word> words = new ArrayList<>();
        private long samples;
        private int inFrame;
        private long sum;
        private int crossings;
        private int wordCrossings;
        private int wordFrames;
        private int quietFrames;
        private short last;

        Ear(int rate, Consumer<Heard> listener) {
            this.rate = rate;
            this.listener = listener;
            frame = rate / 100;
        }

        @Override
        public void hear(byte[] pcm) {
            ByteBuffer audio = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN);
            while (audio.remaining() >= 2) {
                short sample = audio.getShort();
                crossings += (sample >= 0) == (last >= 0) ? 0 : 1;
                last = sample;
                sum += Math.abs(sample);
                samples++;
                if (++inFrame == frame) {
                    frame();
                }
            }
        }

        private void frame() {
            if (sum / frame > AMPLITUDE / 4) {
                wordFrames++;
                wordCrossings += crossings;
                quietFrames = 0;
            } else {
                quietFrames++;
                if (wordFrames > 0) {
                    word();
                }
                if (quietFrames == 50) {
                    settle();
                }
            }
            inFrame = 0;
            sum = 0;
            crossings = 0;
        }

        private void word() {
            double end = (double) (samples - frame) / rate;
            double seconds = wordFrames / 100.0;
            long index = Math.round((wordCrossings / 2.0 / seconds - LOWEST_HERTZ) / STEP_HERTZ);
            if (wordFrames >= 10 && index >= 0 && index < WORDS.size()) {
                words.add(new Word(WORDS.get((int) index), end - seconds, end));
                listener.accept(heard(true));
            }
            wordFrames = 0;
            wordCrossings = 0;
        }

        private Heard heard(boolean partial) {
            return new Heard(
                    partial,
                    List.copyOf(words),
                    words.get(0).start(),
                    words.get(words.size() - 1).end());
        }

        private void settle() {
            if (!words.isEmpty()) {
                Heard heard = heard(false);
                words.clear();
                listener.accept(heard);
            }
        }

        @Override
        public void end() {
            if (wordFrames > 0) {
                word();
            }
            settle();
        }
    }
}
