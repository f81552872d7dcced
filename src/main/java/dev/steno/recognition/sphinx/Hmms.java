package dev.steno.recognition.sphinx;

import java.util.Arrays;

/**
 * The hidden Markov models that a search keeps alive, each a phone of three states. Everything of one HMM is addressed
 * by its number. Ones that are free again are used again, so that it holds only as many as were ever alive at once.
 *
 * <p>A state holds the score of the best path into it, before the next frame is heard, and that path's history.
 */
final class Hmms {
    static final int NONE = -1;

    private static final int STATES = Phones.STATES;
    private static final int ROW = STATES + 1;
    private static final int OUT = STATES;
    private static final float NEVER = Float.NEGATIVE_INFINITY;

    private final Phones phones;
    private int size;
    private int free = NONE;
    /** Per HMM its states and its exit. */
    private float[] scores = new float[0];

    private int[] histories = new int[0];
    private int[] sequences = new int[0];
    private float[] best = new float[0];
    private int[] phone = new int[0];
    private int[] frame = new int[0];
    /** Of a list of HMMs, the next. */
    private int[] next = new int[0];

    Hmms(Phones phones) {
        this.phones = phones;
    }

    /** A new one, in which no path is. */
    int allocate(int ofPhone) {
        int hmm = free;
        if (hmm == NONE) {
            hmm = size++;
            if (size > phone.length) {
                grow(Math.max(1024, phone.length + phone.length / 4)); // there are up to 50 000, 60 bytes each
            }
        } else {
            free = next[hmm];
        }
        phone[hmm] = ofPhone;
        next[hmm] = NONE;
        reset(hmm);
        return hmm;
    }

    /** Gives up its paths. */
    void reset(int hmm) {
        Arrays.fill(scores, hmm * ROW, (hmm + 1) * ROW, NEVER);
        best[hmm] = NEVER;
        frame[hmm] = NONE;
    }

    private void grow(int capacity) {
        scores = Arrays.copyOf(scores, capacity * ROW);
        histories = Arrays.copyOf(histories, capacity * ROW);
        sequences = Arrays.copyOf(sequences, capacity * STATES);
        best = Arrays.copyOf(best, capacity);
        phone = Arrays.copyOf(phone, capacity);
        frame = Arrays.copyOf(frame, capacity);
        next = Arrays.copyOf(next, capacity);
    }

    void free(int hmm) {
        next[hmm] = free;
        free = hmm;
    }

    void clear() {
        size = 0;
        free = NONE;
    }

    int next(int hmm) {
        return next[hmm];
    }

    void link(int hmm, int toNext) {
        next[hmm] = toNext;
    }

    /** The next frame for which it is alive. */
    int frame(int hmm) {
        return frame[hmm];
    }

    void keep(int hmm, int untilFrame) {
        frame[hmm] = untilFrame;
    }

    int phone(int hmm) {
        return phone[hmm];
    }

    float in(int hmm) {
        return scores[hmm * ROW];
    }

    float best(int hmm) {
        return best[hmm];
    }

    float out(int hmm) {
        return scores[hmm * ROW + OUT];
    }

    int outHistory(int hmm) {
        return histories[hmm * ROW + OUT];
    }

    /** How good the best of its paths is now, also one that came in after it heard the frame. */
    float bestState(int hmm) {
        return scores[bestOf(hmm)];
    }

    int bestHistory(int hmm) {
        return histories[bestOf(hmm)];
    }

    private int bestOf(int hmm) {
        int top = hmm * ROW;
        for (int at = top + 1; at < hmm * ROW + STATES; at++) {
            if (scores[at] > scores[top]) {
                top = at;
            }
        }
        return top;
    }

    /** A path comes in, to be heard in the given frame; a worse one that waits there is forgotten. */
    void enter(int hmm, float score, int history, int sequence, int inFrame) {
        if (score > scores[hmm * ROW]) {
            scores[hmm * ROW] = score;
            histories[hmm * ROW] = history;
            sequences[hmm * STATES] = sequence;
        }
        frame[hmm] = inFrame;
    }

    /** Hears a frame, and says how good the best of its paths is after it. */
    float hear(int hmm, FrameScores sound) {
        int at = hmm * ROW;
        int in = hmm * STATES;
        float[] step = phones.transitions(phone[hmm]);
        float first = scores[at];
        float second = scores[at + 1];
        float third = scores[at + 2];
        if (first > NEVER) {
            first += sound.score(phones.senone(sequences[in], 0));
        }
        if (second > NEVER) {
            second += sound.score(phones.senone(sequences[in + 1], 1));
        }
        if (third > NEVER) {
            third += sound.score(phones.senone(sequences[in + 2], 2));
        }
        float out = third + step[2 * ROW + OUT];
        int outFrom = 2;
        if (second + step[ROW + OUT] > out) {
            out = second + step[ROW + OUT];
            outFrom = 1;
        }
        histories[at + OUT] = histories[at + outFrom];
        scores[at + OUT] = out;

        float stay = third + step[2 * ROW + 2];
        int from = 2;
        if (second + step[ROW + 2] > stay) {
            stay = second + step[ROW + 2];
            from = 1;
        }
        if (first + step[2] > stay) {
            stay = first + step[2];
            from = 0;
        }
        histories[at + 2] = histories[at + from];
        sequences[in + 2] = sequences[in + from];
        scores[at + 2] = stay;
        float top = Math.max(out, stay);

        stay = second + step[ROW + 1];
        if (first + step[1] > stay) {
            stay = first + step[1];
            histories[at + 1] = histories[at];
            sequences[in + 1] = sequences[in];
        }
        scores[at + 1] = stay;
        top = Math.max(top, stay);

        scores[at] = first + step[0];
        best[hmm] = Math.max(top, scores[at]);
        return best[hmm];
    }
}
