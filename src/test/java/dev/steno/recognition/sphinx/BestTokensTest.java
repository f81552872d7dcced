package dev.steno.recognition.sphinx;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cmu.sphinx.decoder.search.Token;
import edu.cmu.sphinx.linguist.SearchState;
import edu.cmu.sphinx.linguist.SearchStateArc;
import edu.cmu.sphinx.linguist.WordSequence;
import org.junit.jupiter.api.Test;

class BestTokensTest {
    private final BestTokens best = new BestTokens();

    @Test
    void finds_what_was_put_among_many_with_the_same_hash_codes() {
        for (int i = 0; i < 20_000; i++) {
            best.put(new State(i), new Token(new State(i), i));
        }
        for (int i = 0; i < 20_000; i++) {
            assertThat(best.get(new State(i)).getCollectTime()).isEqualTo(i);
        }
        assertThat(best.get(new State(20_000))).isNull();
    }

    @Test
    void replaces_a_token() {
        best.put(new State(1), new Token(new State(1), 1));
        best.put(new State(1), new Token(new State(1), 2));

        assertThat(best.get(new State(1)).getCollectTime()).isEqualTo(2);
    }

    @Test
    void forgets_when_cleared() {
        best.put(new State(1), new Token(new State(1), 1));
        best.clear();

        assertThat(best.get(new State(1))).isNull();
    }

    /** Ten states share each hash code. */
    private record State(int id) implements SearchState {
        @Override
        public int hashCode() {
            return id / 10;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof State state && state.id == id;
        }

        @Override
        public SearchStateArc[] getSuccessors() {
            return new SearchStateArc[0];
        }

        @Override
        public boolean isEmitting() {
            return true;
        }

        @Override
        public boolean isFinal() {
            return false;
        }

        @Override
        public String toPrettyString() {
            return toString();
        }

        @Override
        public String getSignature() {
            return toString();
        }

        @Override
        public WordSequence getWordHistory() {
            return WordSequence.EMPTY;
        }

        @Override
        public Object getLexState() {
            return this;
        }

        @Override
        public int getOrder() {
            return 0;
        }
    }
}
