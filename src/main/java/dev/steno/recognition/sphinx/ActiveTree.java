package dev.steno.recognition.sphinx;

import dev.steno.recognition.sphinx.Phones.Position;
import java.util.Arrays;

/**
 * The part of a {@link LexicalTree} that a search keeps alive: the tree's nodes, and beside it for each word the ways
 * to speak its last phone. A frame is heard first; then paths move on, from nodes to their children, from last phones
 * to {@link WordExits}; then the search says which words begin.
 */
final class ActiveTree {
    /** Where a path goes that has come to the last phone of a word. */
    @FunctionalInterface
    interface Ends {
        void reached(int entry, float score, int history);
    }

    private static final int NONE = Hmms.NONE;

    private final LexicalTree tree;
    private final Lexicon lexicon;
    private final Phones phones;
    private final WordExits exits;
    private final Hmms hmms;
    private final int[] ofNode;
    /** By entry, the first of a list: one for each of the {@link Phones.Endings}, or the only one of a single phone. */
    private final int[] ofEntry;

    /** By entry, the frame for which it was last put into a list. */
    private final int[] listed;

    private IntList nodes = new IntList();
    private IntList nextNodes = new IntList();
    private IntList entries = new IntList();
    private IntList nextEntries = new IntList();
    private int frame;
    private float best;
    private float bestEnd;

    ActiveTree(LexicalTree tree, Lexicon lexicon, Phones phones, WordExits exits) {
        this.tree = tree;
        this.lexicon = lexicon;
        this.phones = phones;
        this.exits = exits;
        hmms = new Hmms(phones);
        ofNode = new int[tree.nodes()];
        ofEntry = new int[lexicon.entries()];
        listed = new int[lexicon.entries()];
    }

    void start() {
        hmms.clear();
        Arrays.fill(ofNode, NONE);
        Arrays.fill(ofEntry, NONE);
        Arrays.fill(listed, NONE);
        nodes.clear();
        nextNodes.clear();
        entries.clear();
        nextEntries.clear();
        frame = WordExits.START_FRAME;
    }

    void hear(FrameScores sound) {
        turn();
        best = Float.NEGATIVE_INFINITY;
        bestEnd = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < nodes.size(); i++) {
            best = Math.max(best, hmms.hear(ofNode[nodes.get(i)], sound));
        }
        for (int i = 0; i < entries.size(); i++) {
            for (int hmm = ofEntry[entries.get(i)]; hmm != NONE; hmm = hmms.next(hmm)) {
                if (hmms.frame(hmm) == frame) {
                    bestEnd = Math.max(bestEnd, hmms.hear(hmm, sound));
                }
            }
        }
        best = Math.max(best, bestEnd);
    }

    private void turn() {
        frame++;
        IntList heard = nodes;
        nodes = nextNodes;
        nextNodes = heard;
        nextNodes.clear();
        heard = entries;
        entries = nextEntries;
        nextEntries = heard;
        nextEntries.clear();
    }

    /** Of all paths in the frame that was heard. */
    float best() {
        return best;
    }

    /** Of all paths in last phones. */
    float bestEnd() {
        return bestEnd;
    }

    /** The history of the best path that goes on, or {@link WordExits#NONE}. */
    int bestHistory() {
        int history = WordExits.NONE;
        float score = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < nextNodes.size(); i++) {
            int hmm = ofNode[nextNodes.get(i)];
            if (hmms.bestState(hmm) > score) {
                score = hmms.bestState(hmm);
                history = hmms.bestHistory(hmm);
            }
        }
        for (int i = 0; i < nextEntries.size(); i++) {
            for (int hmm = ofEntry[nextEntries.get(i)]; hmm != NONE; hmm = hmms.next(hmm)) {
                if (hmms.bestState(hmm) > score) {
                    score = hmms.bestState(hmm);
                    history = hmms.bestHistory(hmm);
                }
            }
        }
        return history;
    }

    /**
     * Moves on what is in the tree.
     *
     * @param keep worse paths are given up
     * @param enter worse paths do not go on to the next phone
     * @param end worse paths do not go on to a last phone
     * @param fits counts where a path goes on
     */
    void advance(float keep, float enter, float end, PhoneFits fits, Ends ends) {
        for (int i = 0; i < nodes.size(); i++) {
            int node = nodes.get(i);
            int hmm = ofNode[node];
            if (hmms.best(hmm) > keep) {
                stay(node, hmm);
                float out = hmms.out(hmm);
                int history = hmms.outHistory(hmm);
                if (out > enter) {
                    toChildren(node, out, history, enter, fits);
                }
                if (out > end) {
                    toEnds(node, out, history, end, fits, ends);
                }
            } else if (hmms.frame(hmm) == frame) {
                ofNode[node] = NONE;
                hmms.free(hmm);
            }
        }
    }

    private void stay(int node, int hmm) {
        if (hmms.frame(hmm) == frame) {
            hmms.keep(hmm, frame + 1);
            nextNodes.add(node);
        }
    }

    private void toChildren(int node, float score, int history, float enter, PhoneFits fits) {
        for (int child : tree.children(node)) {
            if (score + fits.fit(tree.phone(child)) > enter) {
                enterNode(child, score, history, tree.sequence(child, LexicalTree.ANY_LEFT));
            }
        }
    }

    private void toEnds(int node, float score, int history, float end, PhoneFits fits, Ends ends) {
        for (int entry : tree.words(node)) {
            if (score + fits.fit(lexicon.lastPhone(entry)) > end) {
                ends.reached(entry, score, history);
            }
        }
    }

    private void enterNode(int node, float score, int history, int sequence) {
        int hmm = ofNode[node];
        if (hmm == NONE) {
            hmm = hmms.allocate(tree.phone(node));
            ofNode[node] = hmm;
        } else if (score <= hmms.in(hmm)) {
            return;
        }
        if (hmms.frame(hmm) <= frame) {
            nextNodes.add(node);
        }
        hmms.enter(hmm, score, history, sequence, frame + 1);
    }

    /** What would have to be beaten for {@link #enterRoot}. */
    float waitingAt(int root) {
        return ofNode[root] == NONE ? Float.NEGATIVE_INFINITY : hmms.in(ofNode[root]);
    }

    /** What would have to be beaten for {@link #enterSingle}. */
    float waitingAtSingle(int entry) {
        return ofEntry[entry] == NONE ? Float.NEGATIVE_INFINITY : hmms.in(ofEntry[entry]);
    }

    /** A word begins after an exit. */
    void enterRoot(int root, float score, int exit) {
        enterNode(root, score, exit, tree.sequence(root, exits.lastPhone(exit)));
    }

    /** A word of one phone begins after an exit. */
    void enterSingle(int entry, float score, int exit) {
        int phone = lexicon.firstPhone(entry);
        if (ofEntry[entry] == NONE) {
            ofEntry[entry] = hmms.allocate(phone);
        }
        enter(
                ofEntry[entry],
                score,
                exit,
                phones.sequence(Position.SINGLE, phone, exits.lastPhone(exit), phones.silence()));
        list(entry);
    }

    /** The last phone of a word begins, before any phone that may follow. */
    void enterEnd(int entry, float score, int history) {
        int[] sequences = phones.ending(lexicon.phones(entry)).sequences();
        if (ofEntry[entry] == NONE) {
            ofEntry[entry] = allocate(lexicon.lastPhone(entry), sequences.length);
        }
        int hmm = ofEntry[entry];
        for (int sequence : sequences) {
            enter(hmm, score, history, sequence);
            hmm = hmms.next(hmm);
        }
        list(entry);
    }

    private int allocate(int phone, int count) {
        int first = NONE;
        for (int i = 0; i < count; i++) {
            int hmm = hmms.allocate(phone);
            hmms.link(hmm, first);
            first = hmm;
        }
        return first;
    }

    private void enter(int hmm, float score, int history, int sequence) {
        if (score > hmms.in(hmm)) {
            hmms.enter(hmm, score, history, sequence, frame + 1);
        }
    }

    private void list(int entry) {
        if (listed[entry] <= frame) {
            listed[entry] = frame + 1;
            nextEntries.add(entry);
        }
    }

    /**
     * Moves on what is in last phones, to the exits of the frame that was heard.
     *
     * @param keep worse paths are given up
     * @param exit worse paths do not leave their word
     */
    void leave(float keep, float exit) {
        exits.nextFrame();
        for (int i = 0; i < entries.size(); i++) {
            int entry = entries.get(i);
            if (leave(entry, keep, exit)) {
                list(entry);
            } else {
                free(entry);
            }
        }
    }

    /** Whether a path is left in the entry. */
    private boolean leave(int entry, float keep, float exit) {
        boolean single = lexicon.singlePhone(entry);
        boolean alive = false;
        int context = 0;
        for (int hmm = ofEntry[entry]; hmm != NONE; hmm = hmms.next(hmm)) {
            if (hmms.best(hmm) > keep && hmms.out(hmm) > exit) {
                exits.add(entry, hmms.out(hmm), hmms.outHistory(hmm), single ? WordExits.NONE : context);
            }
            if (hmms.frame(hmm) == frame) {
                if (hmms.best(hmm) > keep) {
                    hmms.keep(hmm, frame + 1);
                } else {
                    hmms.reset(hmm);
                }
            }
            alive |= hmms.frame(hmm) > frame;
            context++;
        }
        return alive;
    }

    private void free(int entry) {
        int hmm = ofEntry[entry];
        while (hmm != NONE) {
            int next = hmms.next(hmm);
            hmms.free(hmm);
            hmm = next;
        }
        ofEntry[entry] = NONE;
    }
}
