package dev.steno.recognition.sphinx;

import java.util.Arrays;

/**
 * The first pass: hears each frame once, through one tree of all words. Which word a path is in is not known before its
 * last phone, so only there the language model is asked; then for the best of all words that could have ended where it
 * began. That is fast and loses few words, but it does not know all it could of the words before: its best path is for
 * live captions, its {@link WordExits} are for a second pass. After PocketSphinx's {@code ngram_search_fwdtree.c}.
 */
final class TreeSearch {
    private static final float NEVER = Float.NEGATIVE_INFINITY;

    private final Lexicon lexicon;
    private final LexicalTree tree;
    private final LanguageScores language;
    private final SearchWeights weights;
    private final TreeBeams beams;
    private final WordExits exits;
    private final ActiveTree active;

    // the words whose last phone may begin in this frame
    private final IntList endings = new IntList();
    private final IntList histories = new IntList();
    private float[] scores = new float[64];

    // by entry: where it began when it was last here, after which exit it did so best, and how well
    private final int[] startFrame;
    private final int[] startExit;
    private final float[] startScore;

    // by phone: the best exit if that phone follows
    private final int[] exitBefore;
    private final float[] scoreBefore;

    /** What is given up, as logarithms below the best. */
    record TreeBeams(float state, float phone, float lastPhone, float lastPhoneOnly, float word) {}

    TreeSearch(SphinxModels models, LanguageScores language) {
        this(
                models.lexicon(),
                models.phones(),
                models.tree(),
                language,
                models.tuning().tree().logarithms(),
                models.tuning().treeBeams().logarithms());
    }

    TreeSearch(
            Lexicon lexicon,
            Phones phones,
            LexicalTree tree,
            LanguageScores language,
            SearchWeights weights,
            TreeBeams beams) {
        this.lexicon = lexicon;
        this.tree = tree;
        this.language = language;
        this.weights = weights;
        this.beams = beams;
        exits = new WordExits(lexicon, phones);
        active = new ActiveTree(tree, lexicon, phones, exits);
        startFrame = new int[lexicon.entries()];
        startExit = new int[lexicon.entries()];
        startScore = new float[lexicon.entries()];
        exitBefore = new int[phones.count()];
        scoreBefore = new float[phones.count()];
    }

    /** Forgets the utterance before. */
    void start(int lastWord, int wordBefore) {
        Arrays.fill(startFrame, Integer.MIN_VALUE);
        exits.start(lastWord, wordBefore);
        active.start();
        beginWords(beams.state(), PhoneFits.ANY);
    }

    /** @param fits which phones the frames after this one sound like */
    void hear(FrameScores sound, PhoneFits fits) {
        active.hear(sound);
        float best = active.best();
        endings.clear();
        histories.clear();
        active.advance(best + beams.state(), best + beams.phone(), best + beams.lastPhone(), fits, this::remember);
        float bestEnd = beginEndings(active.bestEnd());
        active.leave(bestEnd + beams.lastPhoneOnly(), bestEnd + beams.word());
        beginWords(best + beams.state(), fits);
    }

    private void remember(int entry, float score, int history) {
        if (endings.size() == scores.length) {
            scores = Arrays.copyOf(scores, 2 * scores.length);
        }
        scores[endings.size()] = score;
        endings.add(entry);
        histories.add(history);
    }

    /** Puts the words of this frame into their last phones. The best score of all paths in last phones. */
    private float beginEndings(float bestBefore) {
        float best = bestBefore;
        for (int i = 0; i < endings.size(); i++) {
            int entry = endings.get(i);
            int history = histories.get(i);
            if (scores[i] <= best + beams.lastPhoneOnly()) { // the language model only makes it less
                scores[i] = NEVER;
                continue;
            }
            float sound = scores[i] - exits.score(history, lexicon.firstPhone(entry));
            findStart(entry, history);
            scores[i] = sound + startScore[entry];
            best = Math.max(best, scores[i]);
        }
        for (int i = 0; i < endings.size(); i++) {
            if (scores[i] > best + beams.lastPhoneOnly()) {
                active.enterEnd(endings.get(i), scores[i], startExit[endings.get(i)]);
            }
        }
        return best;
    }

    /** After which of the words that ended there it began best. */
    private void findStart(int entry, int history) {
        int frame = exits.frame(history);
        if (startFrame[entry] == frame) {
            return;
        }
        startFrame[entry] = frame;
        startScore[entry] = NEVER;
        tryStart(entry, history);
        for (int exit = exits.firstIn(frame); exit < exits.endIn(frame); exit++) {
            tryStart(entry, exit);
        }
    }

    private void tryStart(int entry, int exit) {
        float before = exits.score(exit, lexicon.firstPhone(entry));
        if (before > startScore[entry]) { // the language model only makes it less
            float score = before + wordScore(entry, exit);
            if (score > startScore[entry]) {
                startScore[entry] = score;
                startExit[entry] = exit;
            }
        }
    }

    private float wordScore(int entry, int exit) {
        return weights.word(language.score(exits.wordBefore(exit), exits.lastWord(exit), lexicon.word(entry)));
    }

    /** After the exits of this frame. */
    private void beginWords(float keep, PhoneFits fits) {
        int frame = exits.lastFrame();
        if (exits.firstIn(frame) == exits.endIn(frame)) {
            return;
        }
        findExits(frame);
        for (int root : tree.roots()) {
            int phone = tree.phone(root);
            if (scoreBefore[phone] + fits.fit(phone) > keep) {
                active.enterRoot(root, scoreBefore[phone], exitBefore[phone]);
            }
        }
        for (int entry : tree.singles()) {
            int phone = lexicon.firstPhone(entry);
            if (scoreBefore[phone] + fits.fit(phone) > keep) {
                beginSingle(entry, frame, keep - fits.fit(phone));
            }
        }
    }

    private void findExits(int frame) {
        Arrays.fill(scoreBefore, NEVER);
        for (int exit = exits.firstIn(frame); exit < exits.endIn(frame); exit++) {
            for (int phone = 0; phone < scoreBefore.length; phone++) {
                float score = exits.score(exit, phone);
                if (score > scoreBefore[phone]) {
                    scoreBefore[phone] = score;
                    exitBefore[phone] = exit;
                }
            }
        }
    }

    private void beginSingle(int entry, int frame, float keep) {
        int phone = lexicon.firstPhone(entry);
        float score = NEVER;
        int after = exitBefore[phone];
        if (lexicon.filler(entry)) {
            score = scoreBefore[phone] + weights.filler(entry == lexicon.silence());
        } else {
            for (int exit = exits.firstIn(frame); exit < exits.endIn(frame); exit++) {
                float before = exits.score(exit, phone);
                if (before > Math.max(score, keep)) {
                    float with = before + wordScore(entry, exit);
                    if (with > score) {
                        score = with;
                        after = exit;
                    }
                }
            }
        }
        if (score > keep) {
            active.enterSingle(entry, score, after);
        }
    }

    WordExits exits() {
        return exits;
    }

    /** The word before the one that the best path is in. */
    int guess() {
        return active.bestHistory();
    }
}
