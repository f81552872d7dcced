package dev.steno.audience;

import java.util.ArrayList;
import java.util.List;

/**
 * Which cues belong into which piece of a subtitle playlist. A piece that a player has fetched cannot change any more,
 * so a final that comes later than its own piece goes into the next one. Belongs to a feed and is guarded by it.
 */
final class CueTimes {
    /** RFC 8216 asks for pieces of a steady length; players ask for the playlist as often. */
    static final int PIECE_SECONDS = 6;

    /** Most finals come within so long after the words; a piece is published then. */
    private static final int HOLD_SECONDS = 6;

    private final List<Placed> placed = new ArrayList<>();
    private int publishedAtEnd = -1;

    /** @param firstPiece the first one that was not published when the line came */
    record Placed(Line line, int firstPiece) {
        /** A late line is in one piece, which spans no part of it; any other in each that it spans. */
        boolean isIn(int piece) {
            int first = (int) Math.floor(line.segment().start() / PIECE_SECONDS);
            int last = Math.max(first, (int) Math.ceil(line.segment().end() / PIECE_SECONDS) - 1);
            return last < firstPiece ? piece == firstPiece : piece >= Math.max(first, firstPiece) && piece <= last;
        }
    }

    /**
     * @param pieces that are published, counted from the beginning
     * @param complete whether there will be no more
     */
    record Window(int pieces, boolean complete, List<Placed> placed) {}

    /** @param played since the first audio */
    void add(Line line, double played) {
        placed.add(new Placed(line, published(played)));
    }

    /** There will be no more lines. */
    void end(double played) {
        publishedAtEnd = published(played);
    }

    Window window(double played) {
        boolean complete = publishedAtEnd >= 0;
        int pieces = complete ? Math.max(publishedAtEnd, last()) : published(played);
        return new Window(pieces, complete, List.copyOf(placed));
    }

    private int last() {
        return placed.stream()
                .mapToInt(each -> Math.max(each.firstPiece() + 1, (int)
                        Math.ceil(each.line().segment().end() / PIECE_SECONDS)))
                .max()
                .orElse(0);
    }

    private static int published(double played) {
        return Math.max(0, (int) Math.floor((played - HOLD_SECONDS) / PIECE_SECONDS));
    }
}
