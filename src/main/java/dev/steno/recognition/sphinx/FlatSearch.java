package dev.steno.recognition.sphinx;

/**
 * The second pass: hears an utterance again, but only the words that the first pass heard, about when it heard them.
 * These are few, so each has its own phones and the language model is asked before a word begins, with the true words
 * before it. After PocketSphinx's {@code ngram_search_fwdflat.c}.
 */
final class FlatSearch {
    private final Lexicon lexicon;
    private final LanguageScores language;
    private final SearchWeights weights;
    private final FlatBeams beams;
    private final WordWindows words;
    private final LexicalTree tree;
    private final WordExits exits;
    private final ActiveTree active;
    private final int[] fillers;
    private final int[] rootOf;
    private final boolean[] seen;
    private final IntList near = new IntList();

    /**
     * What is given up, as logarithms below the best, and how much earlier or later than in the first pass a word may
     * begin, in frames.
     */
    record FlatBeams(float state, float word, int window) {}

    FlatSearch(
            Lexicon lexicon,
            Phones phones,
            WordWindows words,
            LanguageScores language,
            SearchWeights weights,
            FlatBeams beams) {
        this.lexicon = lexicon;
        this.language = language;
        this.weights = weights;
        this.beams = beams;
        this.words = words;
        tree = LexicalTree.flat(lexicon, phones, words.all());
        exits = new WordExits(lexicon, phones);
        active = new ActiveTree(tree, lexicon, phones, exits);
        fillers = lexicon.fillers();
        rootOf = roots(words.all());
        seen = new boolean[lexicon.entries()];
    }

    private int[] roots(int[] entries) {
        int[] roots = new int[lexicon.entries()];
        int next = 0;
        for (int entry : entries) {
            if (!lexicon.singlePhone(entry)) {
                roots[entry] = tree.roots()[next++];
            }
        }
        return roots;
    }

    WordExits search(Iterable<FrameScores> frames, int lastWord, int wordBefore) {
        exits.start(lastWord, wordBefore);
        active.start();
        beginWords(beams.state());
        for (FrameScores frame : frames) {
            active.hear(frame);
            float keep = active.best() + beams.state();
            active.advance(keep, keep, keep, PhoneFits.ANY, active::enterEnd);
            active.leave(keep, active.best() + beams.word());
            beginWords(keep);
        }
        return exits;
    }

    private void beginWords(float keep) {
        int frame = exits.lastFrame();
        if (exits.firstIn(frame) == exits.endIn(frame)) {
            return;
        }
        words.near(frame, beams.window(), seen, near);
        int[] ended = exits.bestFirst(frame);
        for (int exit : ended) {
            for (int i = 0; i < near.size(); i++) {
                int entry = near.get(i);
                if (!lexicon.filler(entry)) {
                    beginWord(entry, exit, keep);
                }
            }
            for (int filler : fillers) {
                float score =
                        exits.score(exit, lexicon.firstPhone(filler)) + weights.filler(filler == lexicon.silence());
                if (score > keep) {
                    active.enterSingle(filler, score, exit);
                }
            }
        }
    }

    private void beginWord(int entry, int exit, float keep) {
        boolean single = lexicon.singlePhone(entry);
        float least = single ? active.waitingAtSingle(entry) : active.waitingAt(rootOf[entry]);
        least = Math.max(least, keep);
        float before = exits.score(exit, lexicon.firstPhone(entry));
        if (before <= least) { // the language model only makes it less
            return;
        }
        float score = before
                + weights.word(language.score(exits.wordBefore(exit), exits.lastWord(exit), lexicon.word(entry)));
        if (score <= least) {
            return;
        }
        if (single) {
            active.enterSingle(entry, score, exit);
        } else {
            active.enterRoot(rootOf[entry], score, exit);
        }
    }
}
