package dev.steno.protocol.files;

import dev.steno.transcript.Recording;
import dev.steno.transcript.SessionId;
import dev.steno.transcript.SubRip;
import dev.steno.transcript.Transcript;
import dev.steno.transcript.TranscriptSegment;
import dev.steno.transcript.WebVtt;
import dev.steno.transcript.Word;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What was recognised in a file.
 *
 * @param languageCode BCP 47
 * @param seconds length of the audio
 */
record Transcribed(SessionId id, List<TranscriptSegment> segments, String languageCode, double seconds) {
    private static final JsonProvider JSON = JsonProvider.provider();

    Transcribed {
        segments = List.copyOf(segments);
    }

    String text() {
        return segments.stream().map(TranscriptSegment::text).collect(Collectors.joining(" "));
    }

    String render(Wishes wishes) {
        return switch (wishes.format()) {
            case JSON -> json().build() + "\n";
            case VERBOSE_JSON -> verbose(wishes).build() + "\n";
            case TEXT -> text() + "\n";
            case SRT -> SubRip.render(transcript());
            case VTT -> WebVtt.render(transcript());
        };
    }

    private Transcript transcript() {
        return new Transcript(new Recording(id, Instant.EPOCH, "", languageCode), segments, seconds);
    }

    private JsonObjectBuilder json() {
        return JSON.createObjectBuilder().add("text", text()).add("usage", usage());
    }

    private JsonObjectBuilder usage() {
        return JSON.createObjectBuilder().add("type", "duration").add("seconds", (long) Math.ceil(seconds));
    }

    private JsonObjectBuilder verbose(Wishes wishes) {
        JsonObjectBuilder object = JSON.createObjectBuilder()
                .add("task", "transcribe")
                .add("language", languageName())
                .add("duration", millis(seconds))
                .add("text", text());
        if (wishes.words()) {
            JsonArrayBuilder words = JSON.createArrayBuilder();
            segments.stream().flatMap(segment -> segment.words().stream()).forEach(word -> words.add(word(word)));
            object.add("words", words);
        }
        if (wishes.segments()) {
            JsonArrayBuilder array = JSON.createArrayBuilder();
            segments.forEach(segment -> array.add(segment(segment)));
            object.add("segments", array);
        }
        return object.add("usage", usage());
    }

    private static JsonObjectBuilder word(Word word) {
        return JSON.createObjectBuilder()
                .add("word", word.text())
                .add("start", millis(word.start()))
                .add("end", millis(word.end()));
    }

    /** Clients demand all fields; what only Whisper knows has the value of a good segment. */
    private static JsonObjectBuilder segment(TranscriptSegment segment) {
        return JSON.createObjectBuilder()
                .add("id", segment.number())
                .add("seek", 0)
                .add("start", millis(segment.start()))
                .add("end", millis(segment.end()))
                .add("text", segment.text())
                .add("tokens", JSON.createArrayBuilder())
                .add("temperature", 0)
                .add("avg_logprob", averageLogarithm(segment))
                .add("compression_ratio", 1)
                .add("no_speech_prob", 0);
    }

    private static BigDecimal averageLogarithm(TranscriptSegment segment) {
        double average = segment.words().stream()
                .filter(Word::hasConfidence)
                .mapToDouble(word -> Math.log(Math.max(1e-3, Math.min(1, word.confidence()))))
                .average()
                .orElse(0);
        return millis(average);
    }

    /** English, in small letters, as Whisper has it. */
    private String languageName() {
        Locale language = Locale.forLanguageTag(languageCode);
        String name = language.getDisplayLanguage(Locale.ENGLISH).toLowerCase(Locale.ROOT);
        return name.isEmpty() ? languageCode : name;
    }

    private static BigDecimal millis(double value) {
        return BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP);
    }
}
