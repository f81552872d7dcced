package dev.steno.library;

import dev.steno.transcript.TranscriptSegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The words of a transcript as one text, and which stretch of it is which segment: what a search needs to say where it
 * found something. A title is in it as well, at the end.
 *
 * @param text segments and title, each followed by a newline
 */
record IndexedText(String text, List<Place> places) {
    private static final int TITLE = -1;
    private static final int PLACE_BYTES = Integer.BYTES * 2 + Double.BYTES;

    /** Characters on each side of what was found. */
    private static final int CONTEXT = 70;

    /**
     * Where a segment begins.
     *
     * @param offset in the text
     * @param segment its number; -1 for the title
     * @param start seconds
     */
    record Place(int offset, int segment, double start) {}

    /** Something that was found: the segment's number and start, and the words around it. */
    record Hit(int segment, double start, String text) {}

    static IndexedText of(List<TranscriptSegment> segments, Optional<String> title) {
        StringBuilder text = new StringBuilder();
        List<Place> places = new ArrayList<>();
        for (TranscriptSegment segment : segments) {
            places.add(new Place(text.length(), segment.number(), segment.start()));
            text.append(segment.text()).append('\n');
        }
        title.ifPresent(words -> {
            places.add(new Place(text.length(), TITLE, 0));
            text.append(words).append('\n');
        });
        return new IndexedText(text.toString(), places);
    }

    static IndexedText read(String text, byte[] packed) {
        List<Place> places = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(packed);
        while (bytes.remaining() >= PLACE_BYTES) {
            places.add(new Place(bytes.getInt(), bytes.getInt(), bytes.getDouble()));
        }
        return new IndexedText(text, places);
    }

    byte[] packedPlaces() {
        ByteBuffer bytes = ByteBuffer.allocate(places.size() * PLACE_BYTES);
        places.forEach(
                place -> bytes.putInt(place.offset()).putInt(place.segment()).putDouble(place.start()));
        return bytes.array();
    }

    /** What stands between two offsets; empty if that is the title, which the item shows anyway. */
    Optional<Hit> hit(int from, int to) {
        int index = placeOf(from);
        Place place = places.get(index);
        int end = index + 1 < places.size() ? places.get(index + 1).offset() : text.length();
        return place.segment() == TITLE
                ? Optional.empty()
                : Optional.of(new Hit(place.segment(), place.start(), snippet(place.offset(), end - 1, from, to)));
    }

    private int placeOf(int offset) {
        int low = 0;
        int high = places.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (places.get(middle).offset() <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private String snippet(int begin, int end, int from, int to) {
        int first = begin;
        if (from - begin > CONTEXT) {
            int space = text.indexOf(' ', from - CONTEXT);
            first = space < 0 || space >= from ? from : space + 1;
        }
        int last = end;
        if (end - to > CONTEXT) {
            int space = text.lastIndexOf(' ', to + CONTEXT);
            last = space <= to ? Math.min(end, to) : space;
        }
        return (first > begin ? "…" : "") + text.substring(first, Math.max(first, last)) + (last < end ? "…" : "");
    }
}
