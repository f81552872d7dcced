package dev.steno.recognition.sphinx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LexicalTreeTest {
    private final Lexicon lexicon = TinyModel.lexicon("bad:bad", "badge:badg", "bade:bada", "bed:bed", "a:a");

    @Test
    void shares_what_words_begin_with() {
        LexicalTree tree = LexicalTree.shared(lexicon, TinyModel.PHONES);

        assertThat(tree.roots()).hasSize(2); // b before a, b before e
        int b = tree.roots()[0];
        assertThat(tree.phone(b)).isEqualTo(TinyModel.LETTERS.indexOf('b'));
        assertThat(tree.children(b)).hasSize(1);
        int a = tree.children(b)[0];
        assertThat(tree.words(a)).containsExactly(0);
        assertThat(tree.words(tree.children(a)[0])).containsExactly(1, 2);
        assertThat(tree.nodes()).isEqualTo(5);
        assertThat(tree.singles()).containsExactly(4, lexicon.silence());
    }

    @Test
    void shares_nothing_when_flat() {
        LexicalTree tree = LexicalTree.flat(lexicon, TinyModel.PHONES, new int[] {1, 2, 4});

        assertThat(tree.roots()).hasSize(2);
        assertThat(tree.nodes()).isEqualTo(6);
        assertThat(tree.singles()).containsExactly(4);
    }
}
