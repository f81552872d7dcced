package dev.steno.audience;

import dev.steno.transcript.PlainText;
import dev.steno.transcript.Recording;
import dev.steno.transcript.SessionId;
import dev.steno.transcript.SubRip;
import dev.steno.transcript.Transcript;
import dev.steno.transcript.TranscriptSegment;
import dev.steno.transcript.WebVtt;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** What was said so far, as a file. Pure functions. */
final class Captions {
    /** Viewers learn nothing that names the recording elsewhere. */
    private static final SessionId NOBODY = new SessionId(new UUID(0, 0));

    private Captions() {}

    /** One of the formats. */
    enum Format {
        VTT("text/vtt"),
        TXT("text/plain"),
        SRT("application/x-subrip"),
        JSON("application/json");

        private final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }

        String extension() {
            return name().toLowerCase(Locale.ROOT);
        }

        String mediaType() {
            return mediaType;
        }
    }

    /** @param language of the translation that is wanted; what is not translated is left as it was said */
    static String render(Format format, Optional<Feed> feed, Optional<String> language) {
        List<Line> lines = feed.map(Feed::lines).orElse(List.of());
        return switch (format) {
            case VTT -> WebVtt.render(transcript(lines, language));
            case TXT -> PlainText.render(transcript(lines, language));
            case SRT -> SubRip.render(transcript(lines, language));
            case JSON -> json(feed, lines) + "\n";
        };
    }

    static Transcript transcript(List<Line> lines, Optional<String> language) {
        List<TranscriptSegment> segments =
                lines.stream().map(line -> segment(line, language)).toList();
        double end = segments.isEmpty() ? 0 : segments.get(segments.size() - 1).end();
        return new Transcript(new Recording(NOBODY, Instant.EPOCH, "", ""), segments, end);
    }

    private static TranscriptSegment segment(Line line, Optional<String> language) {
        TranscriptSegment said = line.segment();
        return language.map(line.translations()::get)
                .map(text -> new TranscriptSegment(said.number(), text, said.start(), said.end(), List.of()))
                .orElse(said);
    }

    private static String json(Optional<Feed> feed, List<Line> lines) {
        return Json.object(json -> {
            feed.ifPresent(shown -> json.write("recording", shown.recording())
                    .write("started_at", shown.startedAt().toString())
                    .write("language_code", shown.languageCode()));
            json.write("state", SseEvents.wireName(feed.map(Feed::state).orElse(Feed.State.WAITING)));
            json.writeStartArray("segments");
            for (Line line : lines) {
                TranscriptSegment said = line.segment();
                json.writeStartObject()
                        .write("segment", said.number())
                        .write("text", said.text())
                        .write("start", Json.seconds(said.start()))
                        .write("end", Json.seconds(said.end()));
                line.speaker().ifPresent(speaker -> json.write("speaker", speaker));
                if (!line.translations().isEmpty()) {
                    json.writeStartObject("translations");
                    line.translations().forEach(json::write);
                    json.writeEnd();
                }
                json.writeEnd();
            }
            json.writeEnd();
        });
    }
}
