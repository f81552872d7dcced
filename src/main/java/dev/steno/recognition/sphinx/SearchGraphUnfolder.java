package dev.steno.recognition.sphinx;

import edu.cmu.sphinx.linguist.SearchState;
import edu.cmu.sphinx.linguist.SearchStateArc;
import edu.cmu.sphinx.linguist.lextree.LexTreeLinguist.LexTreeEndUnitState;
import edu.cmu.sphinx.linguist.lextree.LexTreeLinguist.LexTreeHMMState;
import edu.cmu.sphinx.linguist.lextree.LexTreeLinguist.LexTreeUnitState;
import edu.cmu.sphinx.linguist.lextree.LexTreeLinguist.LexTreeWordState;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Makes Sphinx's search graph fit for several threads. Sphinx fills parts of it on first use, without locks: the arcs
 * of each sound's states, the sounds that can end a word, what can follow a word. This walks once through all of it, so
 * that afterwards it is only read.
 */
final class SearchGraphUnfolder {
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<SearchState> open = new ArrayDeque<>();

    private SearchGraphUnfolder() {}

    static void unfold(SearchState start) {
        new SearchGraphUnfolder().walk(start);
    }

    private void walk(SearchState start) {
        open.add(start);
        while (!open.isEmpty()) {
            expand(open.remove());
        }
    }

    private void expand(SearchState state) {
        boolean word = false;
        for (SearchStateArc arc : state.getSuccessors()) {
            SearchState next = arc.getState();
            if (next instanceof LexTreeUnitState unit && seen.add(unit.getLexState())) {
                open.add(exit(unit));
            } else if (next instanceof LexTreeEndUnitState) {
                open.add(next);
            } else if (next instanceof LexTreeWordState && !word) {
                open.add(next); // words that end in the same sound have the same successors
                word = true;
            }
        }
    }

    /** The last state of a sound: what follows it are the next sounds and the words that end here. */
    private static SearchState exit(LexTreeUnitState unit) {
        SearchState state = unit;
        while (!(state instanceof LexTreeHMMState sound && sound.getHMMState().isExitState())) {
            SearchStateArc[] arcs = state.getSuccessors(); // these lead from a state to itself and to the next
            state = arcs[arcs.length - 1].getState();
        }
        return state;
    }
}
