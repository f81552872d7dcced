package dev.steno.library;

import dev.steno.archive.DocumentName;
import dev.steno.archive.ListedTranscript;
import dev.steno.archive.TranscriptStem;
import dev.steno.transcript.TranscriptSegment;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A transcript as one item of a list. Small, so that many are kept.
 *
 * @param content all fields but those that the archive's list tells: formats, audio
 */
record Summary(TranscriptStem stem, Optional<String> owner, JsonObject content) {
    /** About a line. */
    private static final int FIRST_WORDS = 14;

    private static final Set<String> AUDIO = Set.of("wav", "flac");

    static Summary of(TranscriptDocument document, TranscriptStem stem) {
        List<TranscriptSegment> segments = document.segments();
        List<String> first = segments.stream()
                .flatMap(segment -> tokens(segment.text()))
                .limit(FIRST_WORDS)
                .toList();
        long words =
                segments.stream().flatMap(segment -> tokens(segment.text())).count();
        JsonObjectBuilder item = TranscriptDocument.JSON.createObjectBuilder();
        item.add("stem", stem.toString());
        add(item, "title", document.title());
        item.add("started", document.startedAt().toString());
        document.duration().ifPresentOrElse(seconds -> item.add("duration", seconds), () -> item.addNull("duration"));
        add(item, "language_code", document.languageCode());
        add(item, "engine", document.engine());
        add(item, "owner", document.owner());
        item.add("segments", segments.size());
        item.add("words", words);
        item.add("first_words", String.join(" ", first));
        return new Summary(stem, document.owner(), item.build());
    }

    /** More exact than the name, which decides where the two do not agree. */
    Instant startedAt() {
        Instant started = Instant.parse(content.getString("started"));
        return started.truncatedTo(ChronoUnit.SECONDS).equals(stem.second()) ? started : stem.second();
    }

    /** The whole item. */
    JsonObjectBuilder item(ListedTranscript listed) {
        List<String> formats = listed.extensions().stream()
                .filter(DocumentName.RENDERED::contains)
                .sorted()
                .toList();
        return TranscriptDocument.JSON
                .createObjectBuilder(content)
                .add("formats", TranscriptDocument.JSON.createArrayBuilder(formats))
                .add("audio", listed.extensions().stream().anyMatch(AUDIO::contains));
    }

    private static Stream<String> tokens(String text) {
        return Arrays.stream(text.split("\\s+")).filter(word -> !word.isEmpty());
    }

    private static void add(JsonObjectBuilder item, String name, Optional<String> value) {
        value.ifPresentOrElse(text -> item.add(name, text), () -> item.addNull(name));
    }
}
