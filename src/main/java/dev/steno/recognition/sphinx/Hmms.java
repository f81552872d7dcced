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
        float[] step = phones.transitions(phone[hmm]);
        float first = heard(hmm, 0, sound);
        float second = heard(hmm, 1, sound);
        float third = heard(hmm, 2, sound);
        float top = leave(hmm, step, second, third); // from the last state to the first: each reads what is before it
        top = Math.max(top, stepToThird(hmm, step, first, second, third));
        top = Math.max(top, stepToSecond(hmm, step, first, second));
        scores[hmm * ROW] = first + step[0];
        best[hmm] = Math.max(top, scores[hmm * ROW]);
        return best[hmm];
    }

    private float heard(int hmm, int state, FrameScores sound) {
        float score = scores[hmm * ROW + state];
        return score > NEVER ? score + sound.score(phones.senone(sequences[hmm * STATES + state], state)) : NEVER;
    }

    private float leave(int hmm, float[] step, float second, float third) {
        int at = hmm * ROW;
        float fromThird = third + step[2 * ROW + OUT];
        float fromSecond = second + step[ROW + OUT];
        histories[at + OUT] = histories[fromSecond > fromThird ? at + 1 : at + 2];
        scores[at + OUT] = Math.max(fromSecond, fromThird);
        return scores[at + OUT];
    }

    private float stepToThird(int hmm, float[] step, float first, float second, float third) {
        float score = third + step[2 * ROW + 2];
        int from = 2;
        if (second + step[ROW + 2] > score) {
            score = second + step[ROW + 2];
            from = 1;
        }
        if (first + step[2] > score) {
            score = first + step[2];
            from = 0;
        }
        move(hmm, from, 2);
        scores[hmm * ROW + 2] = score;
        return score;
    }

    private float stepToSecond(int hmm, float[] step, float first, float second) {
        float score = second + step[ROW + 1];
        if (first + step[1] > score) {
            score = first + step[1];
            move(hmm, 0, 1);
        }
        scores[hmm * ROW + 1] = score;
        return score;
    }

    private void move(int hmm, int from, int to) {
        histories[hmm * ROW + to] = histories[hmm * ROW + from];
        sequences[hmm * STATES + to] = sequences[hmm * STATES + from];
    }
}
