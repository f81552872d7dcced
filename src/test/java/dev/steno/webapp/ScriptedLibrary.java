package dev.steno.webapp;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Two transcripts as the server's resources show them, of which the first one can be edited. */
final class ScriptedLibrary {
    private static final String STEM = "20241215_143022";

    private final List<String> edits = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();
    private final List<String> deleted = new ArrayList<>();
    private JsonObject transcript = read("""
            {"session_id":"6f9619ff-8b86-4d01-b42d-00cf4fc964ff","started_at":"2024-12-15T14:30:22Z","engine":"amazon-transcribe",
             "language_code":"en-US","title":"Board meeting","duration":20.0,"audio":{"format":"wav"},"segments":[
              {"segment":0,"text":"Good morning everybody","start":0.4,"end":2.1,"words":[
               {"text":"Good","start":0.4,"end":0.8,"speaker":"spk_0"},{"text":"morning","start":0.8,"end":1.3,"speaker":"spk_0"},
               {"text":"everybody","start":1.3,"end":2.1,"speaker":"spk_0"}]},
              {"segment":1,"text":"we shall decide","start":10.0,"end":12.5,"words":[
               {"text":"we","start":10.0,"end":10.4,"speaker":"spk_1"},{"text":"shall","start":10.4,"end":11.0,"speaker":"spk_1"},
               {"text":"decide","start":11.5,"end":12.5,"speaker":"spk_1"}]}]}""");

    private boolean conflict;

    ScriptedLibrary(Page page) {
        page.route(url -> url.contains("/transcripts"), this::answer);
    }

    List<String> edits() {
        return edits;
    }

    List<String> conditions() {
        return conditions;
    }

    List<String> deleted() {
        return deleted;
    }

    /** Somebody else edits the transcript. */
    void conflict() {
        conflict = true;
    }

    /** Another transcript in the place of the first one. */
    void transcript(JsonObject other) {
        transcript = other;
    }

    void answer(Route route) {
        String url = route.request().url();
        switch (route.request().method()) {
            case "PATCH" -> edit(route);
            case "DELETE" -> {
                deleted.add(url.substring(url.lastIndexOf('/') + 1));
                route.fulfill(new Route.FulfillOptions().setStatus(204));
            }
            default -> {
                if (url.endsWith(".wav")) {
                    route.fulfill(new Route.FulfillOptions()
                            .setContentType("audio/wav")
                            .setHeaders(Map.of("Accept-Ranges", "bytes"))
                            .setBodyBytes(wav(20)));
                } else if (url.contains("/transcripts?")) {
                    json(route, list(url.contains("q=")).toString());
                } else {
                    json(route, transcript.toString());
                }
            }
        }
    }

    private void edit(Route route) {
        if (conflict) {
            String problem = "{\"status\":412,\"detail\":\"The transcript was changed since you read it.\"}";
            route.fulfill(new Route.FulfillOptions()
                    .setStatus(412)
                    .setContentType("application/problem+json")
                    .setBody(problem));
            return;
        }
        edits.add(route.request().postData());
        conditions.add(route.request().headerValue("if-match"));
        JsonObject edit = read(route.request().postData());
        JsonObjectBuilder edited = Json.createObjectBuilder(transcript);
        for (String whole : List.of("title", "speakers")) {
            if (edit.containsKey(whole)) {
                edited.add(whole, edit.get(whole));
            }
        }
        if (edit.containsKey("segments")) {
            JsonObject change = edit.getJsonArray("segments").getJsonObject(0);
            int number = change.getInt("segment");
            JsonObject before = transcript.getJsonArray("segments").getJsonObject(number);
            edited.add(
                    "segments",
                    Json.createArrayBuilder(transcript.getJsonArray("segments"))
                            .set(
                                    number,
                                    Json.createObjectBuilder(before)
                                            .add("text", change.getString("text"))
                                            .add("original_text", before.getString("text"))));
        }
        transcript = edited.build();
        json(route, transcript.toString());
    }

    private void json(Route route, String body) {
        route.fulfill(new Route.FulfillOptions()
                .setContentType("application/json")
                .setHeaders(Map.of("ETag", "\"" + (edits.size() + 1) + "\"", "Content-Type", "application/json"))
                .setBody(body));
    }

    private static JsonObject list(boolean found) {
        JsonObjectBuilder first = item(STEM, "2024-12-15T14:30:22Z").add("title", "Board meeting");
        var items = Json.createArrayBuilder();
        if (found) {
            items.add(first.add(
                    "hits",
                    Json.createArrayBuilder()
                            .add(Json.createObjectBuilder()
                                    .add("segment", 1)
                                    .add("start", 10.0)
                                    .add("text", "we shall decide"))));
        } else {
            items.add(first).add(item("20230501_080000", "2023-05-01T08:00:00Z").addNull("title"));
        }
        return Json.createObjectBuilder().add("items", items).build();
    }

    private static JsonObjectBuilder item(String stem, String started) {
        return Json.createObjectBuilder()
                .add("stem", stem)
                .add("started", started)
                .add("duration", 20.0)
                .add("language_code", "en-US")
                .add("engine", "amazon-transcribe")
                .addNull("owner")
                .add("segments", 2)
                .add("words", 6)
                .add("first_words", "Good morning everybody we shall decide")
                .add("formats", Json.createArrayBuilder().add("txt").add("json"))
                .add("audio", true);
    }

    private static JsonObject read(String json) {
        return Json.createReader(new StringReader(json)).readObject();
    }

    /** Silence. */
    private static byte[] wav(int seconds) {
        int length = seconds * 32_000;
        ByteBuffer wav = ByteBuffer.allocate(44 + length).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + length);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1).putShort((short) 1).putInt(16_000).putInt(32_000);
        wav.putShort((short) 2).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(length);
        return wav.array();
    }
}
