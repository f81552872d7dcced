package dev.steno.recognition.sphinx;

import dev.steno.recognition.sphinx.Phones.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The words of more than one phone, all phones but the last, as a tree: words that begin with the same sounds share
 * them. Or flat: each word has its own. Immutable.
 */
final class LexicalTree {
    /** Of a root, whose sound depends on the word before. */
    static final int ANY_LEFT = -1;

    private final Phones phones;
    private final int[] phone;
    private final int[] sequence;
    private final int[] second;
    private final int[][] children;
    private final int[][] words;
    private final int[] roots;
    private final int[] singles;

    private LexicalTree(Builder built) {
        phones = built.phones;
        phone = built.phone.toArray();
        sequence = built.sequence.toArray();
        second = built.second.toArray();
        children = built.children.stream().map(LexicalTree::ints).toArray(int[][]::new);
        words = built.words.stream().map(LexicalTree::ints).toArray(int[][]::new);
        roots = built.roots.toArray();
        singles = built.singles.toArray();
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    static LexicalTree shared(Lexicon lexicon, Phones phones) {
        Builder builder = new Builder(lexicon, phones);
        for (int entry = 0; entry < lexicon.entries(); entry++) {
            builder.add(entry, 0);
        }
        return new LexicalTree(builder);
    }

    /** Root i is entry i of the words that have more than one phone. */
    static LexicalTree flat(Lexicon lexicon, Phones phones, int[] entries) {
        Builder builder = new Builder(lexicon, phones);
        for (int entry : entries) {
            builder.add(entry, entry);
        }
        return new LexicalTree(builder);
    }

    int nodes() {
        return phone.length;
    }

    int[] roots() {
        return roots;
    }

    /** The entries of one phone, which are not in the tree: words, silences, noises. */
    int[] singles() {
        return singles;
    }

    int phone(int node) {
        return phone[node];
    }

    /** The node's sound, after the given phone if it is a root. */
    int sequence(int node, int left) {
        int known = sequence[node];
        return known == ANY_LEFT ? phones.sequence(Position.BEGIN, phone[node], left, second[node]) : known;
    }

    int[] children(int node) {
        return children[node];
    }

    /** The entries whose last phone comes after this node. */
    int[] words(int node) {
        return words[node];
    }

    private static final class Builder {
        private final Lexicon lexicon;
        private final Phones phones;
        private final Map<List<Integer>, Integer> nodes = new HashMap<>();
        private final IntList phone = new IntList();
        private final IntList sequence = new IntList();
        private final IntList second = new IntList();
        private final List<List<Integer>> children = new ArrayList<>();
        private final List<List<Integer>> words = new ArrayList<>();
        private final IntList roots = new IntList();
        private final IntList singles = new IntList();

        Builder(Lexicon lexicon, Phones phones) {
            this.lexicon = lexicon;
            this.phones = phones;
        }

        void add(int entry, int group) {
            int[] spoken = lexicon.phones(entry);
            if (spoken.length == 1) {
                singles.add(entry);
                return;
            }
            int node = nodes.computeIfAbsent(List.of(group, ANY_LEFT, spoken[0], spoken[1]), key -> {
                roots.add(phone.size());
                return node(spoken[0], ANY_LEFT, spoken[1]);
            });
            for (int i = 1; i < spoken.length - 1; i++) {
                int parent = node;
                int base = spoken[i];
                int sound = phones.sequence(Position.INTERNAL, base, spoken[i - 1], spoken[i + 1]);
                node = nodes.computeIfAbsent(List.of(group, parent, base, sound), key -> {
                    children.get(parent).add(phone.size());
                    return node(base, sound, ANY_LEFT);
                });
            }
            words.get(node).add(entry);
        }

        private int node(int ofPhone, int ofSequence, int following) {
            phone.add(ofPhone);
            sequence.add(ofSequence);
            second.add(following);
            children.add(new ArrayList<>(0));
            words.add(new ArrayList<>(0));
            return phone.size() - 1;
        }
    }
}
