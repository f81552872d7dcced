package dev.steno.audience;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A viewer that takes all there is whenever it is asked to, and reads it as a browser would. */
final class Reader {
    /** @param id null if the event carries none */
    record Event(String name, String id, JsonObject data) {}

    final Viewer viewer;

    Reader(Link link, String language, String lastEventId) {
        viewer = new Viewer(
                link, Languages.of(language), LastEventId.parse(lastEventId), List.of("fr"), AudienceObserver.NONE);
    }

    static Reader of(Link link) {
        return new Reader(link, null, null);
    }

    /** What came since the last call. */
    List<Event> read() {
        StringBuilder text = new StringBuilder();
        for (Chunk chunk = viewer.next(); chunk != null; chunk = viewer.next()) {
            text.append(new String(chunk.bytes(), chunk.offset(), chunk.length(), StandardCharsets.UTF_8));
        }
        return events(text.toString());
    }

    List<String> names() {
        return read().stream().map(Event::name).toList();
    }

    static List<Event> events(String text) {
        List<Event> events = new ArrayList<>();
        for (String block : text.split("\n\n", -1)) {
            String name = field(block, "event");
            if (name != null) {
                JsonObject data = Json.createReader(new StringReader(field(block, "data")))
                        .readObject();
                events.add(new Event(name, field(block, "id"), data));
            }
        }
        return events;
    }

    private static String field(String block, String name) {
        return Optional.of(block).stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElse(null);
    }
}
