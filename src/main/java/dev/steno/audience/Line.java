package dev.steno.audience;

import dev.steno.transcript.TranscriptSegment;
import dev.steno.transcript.Word;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One final segment as viewers see it, with its translations. Encoded once, when the first viewer needs it, for all of
 * them. Thread-safe.
 */
final class Line {
    private static final Chunk END = Chunk.of("}");

    private final String recording;
    private final Optional<String> speaker;
    private final long madeAt = System.nanoTime();
    private final Map<String, String> translations = new ConcurrentHashMap<>();
    private final Map<String, Chunk> encodedTranslations = new ConcurrentHashMap<>();
    private volatile TranscriptSegment segment;
    private volatile Encoded encoded;

    /** @param json the place of the JSON object in the event, without its closing brace */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Encoded(byte[] event, Chunk json) {}

    Line(String recording, TranscriptSegment segment) {
        this.recording = recording;
        this.segment = segment;
        this.speaker = segment.words().stream()
                .map(Word::speaker)
                .flatMap(Optional::stream)
                .findFirst();
    }

    TranscriptSegment segment() {
        return segment;
    }

    /** The speaker of the first word for which the engine knows one. */
    Optional<String> speaker() {
        return speaker;
    }

    /** Words and their times are needed for cues while the recording runs; afterwards they are most of the memory. */
    void dropWords() {
        TranscriptSegment whole = segment;
        segment = new TranscriptSegment(
                whole.number(), whole.text(), whole.start(), whole.end(), List.of(), whole.languageCode(), List.of());
    }

    void translate(String language, String text) {
        translations.put(language, text);
        encodedTranslations.clear();
    }

    Map<String, String> translations() {
        return translations;
    }

    /** {@code id}, {@code event: final} and its data. */
    Chunk event() {
        return Chunk.of(encoded().event(), madeAt);
    }

    /** The JSON object without its closing brace. */
    Chunk json() {
        return encoded().json();
    }

    /** What follows {@link #json} for a viewer of these languages, closing brace included. */
    Chunk rest(Languages wanted) {
        if (wanted.of(translations).isEmpty()) { // whatever a request may name: only languages that exist are kept
            return END;
        }
        return encodedTranslations.computeIfAbsent(wanted.key(), key -> encodeTranslations(wanted.of(translations)));
    }

    private static Chunk encodeTranslations(Map<String, String> shown) {
        String json = Json.object(generator -> shown.forEach(generator::write));
        return Chunk.of(",\"translations\":" + json + "}");
    }

    private Encoded encoded() {
        Encoded known = encoded;
        return known == null ? encode() : known;
    }

    private synchronized Encoded encode() {
        if (encoded == null) {
            TranscriptSegment said = segment;
            String head = "id: " + recording + ":" + (said.number() + 1) + "\nevent: final\ndata: ";
            byte[] event = (head + json(said) + "}\n\n").getBytes(StandardCharsets.UTF_8);
            int start = head.getBytes(StandardCharsets.UTF_8).length;
            encoded = new Encoded(event, new Chunk(event, start, event.length - start - "}\n\n".length(), 0));
        }
        return encoded;
    }

    private String json(TranscriptSegment said) {
        return Json.open(json -> {
            json.write("segment", said.number())
                    .write("text", said.text())
                    .write("start", Json.seconds(said.start()))
                    .write("end", Json.seconds(said.end()));
            speaker.ifPresent(speaker -> json.write("speaker", speaker));
        });
    }
}
