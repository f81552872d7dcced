package dev.steno.recognition.sphinx;

import dev.steno.recognition.sphinx.Phones.Endings;
import java.util.Arrays;

/**
 * Every word that a search heard end: where, after which, and how well. One exit stands for all ways to speak the last
 * phone; how well each went is kept, because the word that follows decides which one it was. By number, in the order of
 * frames; the first is the beginning of the utterance.
 */
final class WordExits {
    static final int NONE = -1;

    /** The frame of the beginning. */
    static final int START_FRAME = -1;

    /** Words are shorter than this (2 s). */
    private static final int CONTEXT_FRAMES = 200;

    private final Lexicon lexicon;
    private final Phones phones;
    private int size;
    private int frames;
    private int[] firstOfFrame = new int[512];
    private int[] entry = new int[1024];
    private int[] frame = new int[1024];
    private int[] previous = new int[1024];
    private int[] last = new int[1024];
    private int[] before = new int[1024];
    private float[] best = new float[1024];
    private int[] contexts = new int[1024];
    private float[] contextScores = new float[8192];
    private int contextsSize;
    /** How many were before the first that is kept. */
    private int contextsDropped;

    WordExits(Lexicon lexicon, Phones phones) {
        this.lexicon = lexicon;
        this.phones = phones;
    }

    /** Forgets all, and puts the beginning. */
    void start(int lastWord, int wordBefore) {
        size = 0;
        frames = 0;
        contextsSize = 0;
        contextsDropped = 0;
        nextFrame();
        append(NONE, 0, NONE);
        last[0] = lastWord;
        before[0] = wordBefore;
        contexts[0] = NONE;
    }

    /** Whatever is added from now on ends in the next frame. */
    void nextFrame() {
        if (frames + 1 >= firstOfFrame.length) {
            firstOfFrame = Arrays.copyOf(firstOfFrame, 2 * firstOfFrame.length);
        }
        firstOfFrame[frames++] = size;
        firstOfFrame[frames] = size;
    }

    /**
     * Adds a word's exit to the frame. All calls for one entry come one after the other.
     *
     * @param context which of the entry's {@link Phones.Endings}, or {@link #NONE} for a word of one phone
     */
    void add(int ofEntry, float score, int after, int context) {
        int exit = size - 1;
        if (exit < firstOfFrame[frames - 1] || entry[exit] != ofEntry) {
            exit = append(ofEntry, score, after);
            contexts[exit] = NONE;
            if (context != NONE) {
                contexts[exit] = addContexts(endings(ofEntry).sequences().length);
            }
            remember(exit);
        } else if (score > best[exit]) {
            best[exit] = score;
            previous[exit] = after;
            remember(exit);
        }
        if (context != NONE) {
            contextScores[contexts[exit] - contextsDropped + context] = score;
        }
    }

    private int append(int ofEntry, float score, int after) {
        if (size == entry.length) {
            grow(size + size / 2);
        }
        entry[size] = ofEntry;
        frame[size] = frames - 1 + START_FRAME;
        previous[size] = after;
        best[size] = score;
        firstOfFrame[frames] = size + 1;
        return size++;
    }

    private void grow(int capacity) {
        entry = Arrays.copyOf(entry, capacity);
        frame = Arrays.copyOf(frame, capacity);
        previous = Arrays.copyOf(previous, capacity);
        last = Arrays.copyOf(last, capacity);
        before = Arrays.copyOf(before, capacity);
        best = Arrays.copyOf(best, capacity);
        contexts = Arrays.copyOf(contexts, capacity);
    }

    private int addContexts(int count) {
        if (contextsSize + count > contextScores.length) {
            dropContexts();
            if (contextsSize + count > contextScores.length / 2) {
                contextScores = Arrays.copyOf(contextScores, 2 * contextScores.length);
            }
        }
        int from = contextsSize;
        contextsSize += count;
        Arrays.fill(contextScores, from, contextsSize, Float.NEGATIVE_INFINITY);
        return from + contextsDropped;
    }

    /** Forgets how the exits went before single phones whose words have long begun: most of what is kept. */
    private void dropContexts() {
        int exit = firstIn(Math.max(START_FRAME, lastFrame() - CONTEXT_FRAMES));
        while (exit < size && contexts[exit] == NONE) {
            exit++;
        }
        int drop = exit < size ? Math.max(0, contexts[exit] - contextsDropped) : 0;
        System.arraycopy(contextScores, drop, contextScores, 0, contextsSize - drop);
        contextsSize -= drop;
        contextsDropped += drop;
    }

    /** For the language model a silence or noise was not there. */
    private void remember(int exit) {
        int after = previous[exit];
        if (lexicon.filler(entry[exit])) {
            last[exit] = last[after];
            before[exit] = before[after];
        } else {
            last[exit] = lexicon.word(entry[exit]);
            before[exit] = last[after];
        }
    }

    private Endings endings(int ofEntry) {
        return phones.ending(lexicon.phones(ofEntry));
    }

    /**
     * The end of the best path that the utterance may end with: in the last frame that any word ended in. That is the
     * beginning if none did.
     */
    int last(LanguageScores language, SearchWeights weights) {
        int in = lastFrame();
        while (firstIn(in) == endIn(in)) {
            in--;
        }
        int found = NONE;
        float bestScore = Float.NEGATIVE_INFINITY;
        for (int exit = firstIn(in); exit < endIn(in); exit++) {
            float score = score(exit, phones.silence())
                    + weights.word(language.score(before[exit], last[exit], lexicon.end()));
            if (found == NONE || score > bestScore) {
                bestScore = score;
                found = exit;
            }
        }
        return found;
    }

    int size() {
        return size;
    }

    int firstIn(int ofFrame) {
        return firstOfFrame[ofFrame - START_FRAME];
    }

    /** After the last. */
    int endIn(int ofFrame) {
        return firstOfFrame[ofFrame - START_FRAME + 1];
    }

    /** Those of a frame. */
    int[] bestFirst(int ofFrame) {
        int[] sorted = new int[endIn(ofFrame) - firstIn(ofFrame)];
        for (int i = 0; i < sorted.length; i++) {
            int exit = firstIn(ofFrame) + i;
            int at = i;
            while (at > 0 && best[sorted[at - 1]] < best[exit]) {
                sorted[at] = sorted[at - 1];
                at--;
            }
            sorted[at] = exit;
        }
        return sorted;
    }

    /** The last frame that was begun. */
    int lastFrame() {
        return frames - 1 + START_FRAME;
    }

    int entry(int exit) {
        return entry[exit];
    }

    int frame(int exit) {
        return frame[exit];
    }

    int previous(int exit) {
        return previous[exit];
    }

    int lastWord(int exit) {
        return last[exit];
    }

    int wordBefore(int exit) {
        return before[exit];
    }

    int lastPhone(int exit) {
        return entry[exit] == NONE ? phones.silence() : lexicon.lastPhone(entry[exit]);
    }

    float best(int exit) {
        return best[exit];
    }

    /** How well it went if the given phone follows; for an exit of long ago, the best of them. */
    float score(int exit, int following) {
        int from = contexts[exit] - contextsDropped;
        if (contexts[exit] == NONE || from < 0) {
            return best[exit];
        }
        return contextScores[from + endings(entry[exit]).context(following)];
    }
}
