package dev.steno.recognition.sphinx;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * The phones of the acoustic model, by number, and the senones that they have between other phones. A sequence is a
 * phone's three senones in some context; contexts that sound the same share it. Immutable.
 */
final class Phones {
    /** Where in a word a phone stands. */
    enum Position {
        BEGIN,
        INTERNAL,
        END,
        SINGLE
    }

    static final int STATES = GaussianCodebooks.PHONE_STATES;

    private final int count;
    private final int silence;
    private final int[] senones;
    private final Map<Position, int[]> sequences;
    private final float[][] transitions;
    private final Endings[] endings;

    /**
     * @param count how many phones there are
     * @param silence the number of the one that is none
     * @param sequences by position, then by {@code (phone * count + left) * count + right}
     * @param senones three for each sequence
     * @param transitions by phone: the logarithms from state i to j at {@code i * 4 + j}; 3 is the end
     */
    Phones(int count, int silence, Map<Position, int[]> sequences, int[] senones, float[][] transitions) {
        this.count = count;
        this.silence = silence;
        this.sequences = new EnumMap<>(sequences);
        this.senones = senones;
        this.transitions = transitions;
        endings = new Endings[count * count];
        for (int phone = 0; phone < count; phone++) {
            for (int left = 0; left < count; left++) {
                endings[phone * count + left] = endings(phone, left);
            }
        }
    }

    /** The last phone of a word, whose sound depends on the word that follows. */
    static final class Endings {
        private final int[] sequences;
        private final byte[] contexts;

        private Endings(int[] sequences, byte[] contexts) {
            this.sequences = sequences;
            this.contexts = contexts;
        }

        /** The different ways to speak it. Not to be changed. */
        int[] sequences() {
            return sequences;
        }

        /** Which of them it is before the given phone. */
        int context(int following) {
            return contexts[following];
        }
    }

    private Endings endings(int phone, int left) {
        int[] different = new int[count];
        byte[] contexts = new byte[count];
        int found = 0;
        for (int right = 0; right < count; right++) {
            int sequence = sequence(Position.END, phone, left, right);
            int context = 0;
            while (context < found && different[context] != sequence) {
                context++;
            }
            if (context == found) {
                different[found++] = sequence;
            }
            contexts[right] = (byte) context;
        }
        return new Endings(Arrays.copyOf(different, found), contexts);
    }

    int count() {
        return count;
    }

    int silence() {
        return silence;
    }

    int sequence(Position position, int phone, int left, int right) {
        return sequences.get(position)[(phone * count + left) * count + right];
    }

    /** @param spoken all phones of a word that has more than one */
    Endings ending(int[] spoken) {
        return endings[spoken[spoken.length - 1] * count + spoken[spoken.length - 2]];
    }

    int senone(int sequence, int state) {
        return senones[sequence * STATES + state];
    }

    /** See the constructor. Not to be changed. */
    float[] transitions(int phone) {
        return transitions[phone];
    }
}
