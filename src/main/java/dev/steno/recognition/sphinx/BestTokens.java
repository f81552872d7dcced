package dev.steno.recognition.sphinx;

import edu.cmu.sphinx.decoder.search.Token;
import edu.cmu.sphinx.linguist.SearchState;
import java.util.Arrays;

/**
 * The best token of each state in one frame. A search spends most of its time here, which is why this is not a HashMap:
 * the table is kept from frame to frame and compares hash codes before it touches a state.
 */
final class BestTokens {
    private int[] hashes = new int[1 << 12]; // grows to what the beam needs
    private Token[] tokens = new Token[hashes.length];
    private int size;

    void clear() {
        Arrays.fill(tokens, null);
        size = 0;
    }

    /** The token that was put for this state since the last clear, or null. */
    Token get(SearchState state) {
        return tokens[slot(state, spread(state))];
    }

    void put(SearchState state, Token token) {
        int hash = spread(state);
        int slot = slot(state, hash);
        if (tokens[slot] == null) {
            size++;
        }
        hashes[slot] = hash;
        tokens[slot] = token;
        if (size > tokens.length / 2) {
            grow();
        }
    }

    private static int spread(SearchState state) {
        int hash = state.hashCode() * 0x9E3779B9; // golden ratio: Sphinx's hash codes differ mostly in few bits
        return hash ^ (hash >>> 16);
    }

    /** Where the state's token stands, or where it would. */
    private int slot(SearchState state, int hash) {
        int mask = tokens.length - 1;
        int slot = hash & mask;
        while (tokens[slot] != null
                && !(hashes[slot] == hash && tokens[slot].getSearchState().equals(state))) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        Token[] old = tokens;
        hashes = new int[2 * old.length];
        tokens = new Token[2 * old.length];
        size = 0;
        for (Token token : old) {
            if (token != null) {
                put(token.getSearchState(), token);
            }
        }
    }
}
