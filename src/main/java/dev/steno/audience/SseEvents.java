package dev.steno.audience;

import java.util.List;
import java.util.Locale;

/** Server-Sent Events (WHATWG HTML, section 9.2) as docs/audience.md lists them. Pure functions. */
final class SseEvents {
    /** Keeps proxies and browsers from taking a silent stream for dead. */
    static final Chunk COMMENT = Chunk.of(":\n\n");

    /** How long a browser waits before it comes back, in milliseconds. */
    static final Chunk RETRY = Chunk.of("retry: 3000\n\n");

    private SseEvents() {}

    static Chunk partial(int segment, String text) {
        String data = Json.object(json -> json.write("segment", segment).write("text", text));
        return Chunk.of("event: partial\ndata: " + data + "\n\n", System.nanoTime());
    }

    static Chunk translation(int segment, String language, String text) {
        return event("translation", Json.object(json -> json.write("segment", segment)
                .write("language_code", language)
                .write("text", text)));
    }

    static Chunk status(Feed.State state) {
        return event("status", Json.object(json -> json.write("state", wireName(state))));
    }

    /** Another recording follows, maybe. */
    static Chunk end(EndReason reason) {
        return event("end", endData(reason));
    }

    /** Nothing follows: a browser that comes back all the same need not hurry. */
    static Chunk lastEnd(EndReason reason) {
        return Chunk.of("retry: 60000\nevent: end\ndata: " + endData(reason) + "\n\n");
    }

    private static String endData(EndReason reason) {
        return Json.object(json -> json.write("reason", reason.wireName()));
    }

    /** A room in which nobody speaks. */
    static Chunk waiting(List<String> languages) {
        return Chunk.of("id: :0\nevent: snapshot\ndata: {\"finals\":["
                + snapshotEnd(null, Feed.State.WAITING, "", "", languages));
    }

    /** A snapshot up to its finals, which follow with commas between them. */
    static Chunk snapshotHead(String recording, int finals) {
        return Chunk.of("id: " + recording + ":" + finals + "\nevent: snapshot\ndata: {\"finals\":[");
    }

    /**
     * A snapshot from behind its finals on.
     *
     * @param partial null if there is none
     * @param recording empty in a room in which none runs
     * @param languages into which viewers can have it translated
     */
    static Chunk snapshotTail(
            String partial, Feed.State state, String recording, String languageCode, List<String> languages) {
        return Chunk.of(snapshotEnd(partial, state, recording, languageCode, languages));
    }

    private static String snapshotEnd(
            String partial, Feed.State state, String recording, String languageCode, List<String> languages) {
        String rest = Json.object(json -> {
            if (partial == null) {
                json.writeNull("partial");
            } else {
                json.write("partial", partial);
            }
            json.write("state", wireName(state)).write("recording", recording).write("language_code", languageCode);
            json.writeStartArray("languages");
            languages.forEach(json::write);
            json.writeEnd();
        });
        return "]," + rest.substring(1) + "\n\n";
    }

    static String wireName(Feed.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static Chunk event(String name, String data) {
        return Chunk.of("event: " + name + "\ndata: " + data + "\n\n");
    }
}
