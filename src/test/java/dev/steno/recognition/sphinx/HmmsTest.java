package dev.steno.recognition.sphinx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.recognition.sphinx.Phones.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HmmsTest {
    private static final int FRAMES = 12;

    /** With skips, which few models have. */
    private static final float[] TRANSITIONS = {
        -1,
        -2,
        -4,
        Float.NEGATIVE_INFINITY, //
        Float.NEGATIVE_INFINITY,
        -1,
        -3,
        -5, //
        Float.NEGATIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        -2,
        -1, //
        0,
        0,
        0,
        0
    };

    private final Phones phones =
            new Phones(1, 0, Map.of(Position.END, new int[1]), new int[] {0, 1, 2}, new float[][] {TRANSITIONS});
    private final Hmms hmms = new Hmms(phones);

    @Test
    void finds_the_best_of_all_paths() {
        Random random = new Random(1);
        for (int round = 0; round < 20; round++) {
            float[][] sound = new float[FRAMES][Phones.STATES];
            for (float[] frame : sound) {
                for (int state = 0; state < frame.length; state++) {
                    frame[state] = -random.nextInt(20);
                }
            }
            assertThat(heard(sound)).isEqualTo(bestOf(paths(new ArrayList<>(List.of(0))), sound));
        }
    }

    private float heard(float[][] sound) {
        int hmm = hmms.allocate(0);
        hmms.enter(hmm, 0, 7, 0, 0);
        for (float[] frame : sound) {
            hmms.hear(hmm, senone -> frame[senone]);
        }
        assertThat(hmms.outHistory(hmm)).isEqualTo(7);
        float out = hmms.out(hmm);
        hmms.free(hmm);
        return out;
    }

    /** Every way to be in one of the states in each frame. */
    private static List<List<Integer>> paths(List<Integer> begun) {
        if (begun.size() == FRAMES) {
            return List.of(begun);
        }
        List<List<Integer>> all = new ArrayList<>();
        for (int state = begun.get(begun.size() - 1); state < Phones.STATES; state++) {
            List<Integer> longer = new ArrayList<>(begun);
            longer.add(state);
            all.addAll(paths(longer));
        }
        return all;
    }

    private static float bestOf(List<List<Integer>> paths, float[][] sound) {
        float best = Float.NEGATIVE_INFINITY;
        for (List<Integer> path : paths) {
            float score = 0;
            for (int frame = 0; frame < FRAMES; frame++) {
                int to = frame + 1 < FRAMES ? path.get(frame + 1) : Phones.STATES;
                score += sound[frame][path.get(frame)] + TRANSITIONS[path.get(frame) * 4 + to];
            }
            best = Math.max(best, score);
        }
        return best;
    }

    @Test
    void keeps_the_better_of_two_paths_that_come_in() {
        int hmm = hmms.allocate(0);
        hmms.enter(hmm, -5, 1, 0, 0);
        hmms.enter(hmm, -3, 2, 0, 0);
        hmms.enter(hmm, -9, 3, 0, 0);

        assertThat(hmms.in(hmm)).isEqualTo(-3);
        assertThat(hmms.bestHistory(hmm)).isEqualTo(2);
    }

    @Test
    void uses_again_what_was_given_back_without_its_paths() {
        int first = hmms.allocate(0);
        hmms.enter(first, -5, 1, 0, 0);
        hmms.hear(first, senone -> 0);
        hmms.free(first);

        int again = hmms.allocate(0);
        assertThat(again).isEqualTo(first);
        assertThat(hmms.in(again)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(hmms.best(again)).isEqualTo(Float.NEGATIVE_INFINITY);
    }

    @Test
    void keeps_many_apart() {
        int[] many = new int[5000];
        for (int i = 0; i < many.length; i++) {
            many[i] = hmms.allocate(0);
            hmms.enter(many[i], -i, i, 0, i);
        }
        for (int i = 0; i < many.length; i++) {
            assertThat(hmms.in(many[i])).isEqualTo(-i);
            assertThat(hmms.frame(many[i])).isEqualTo(i);
        }
    }
}
