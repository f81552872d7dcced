package dev.steno.audience;

import dev.steno.archive.ArchiveException;
import dev.steno.archive.ArchivedTranscript;
import dev.steno.archive.ArchivedTranscripts;
import dev.steno.archive.TranscriptJson;
import dev.steno.archive.TranscriptStem;
import dev.steno.transcript.TranscriptSegment;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Recordings that ended before this process began, as the archive has them. Blocks on disk or network. */
final class ArchivedFeeds {
    private static final System.Logger LOG = System.getLogger(ArchivedFeeds.class.getName());

    private final ArchivedTranscripts archive;

    ArchivedFeeds(ArchivedTranscripts archive) {
        this.archive = archive;
    }

    /**
     * @param name of the recording for viewers
     * @param key of the stored text, prefix included
     * @return empty if the archive does not have it, or does not answer
     */
    Optional<Feed> read(String name, String key) {
        String file = key.substring(key.lastIndexOf('/') + 1);
        int dot = file.indexOf('.');
        Optional<TranscriptStem> stem = TranscriptStem.parse(dot < 0 ? file : file.substring(0, dot));
        try {
            Optional<ArchivedTranscript> found = stem.isPresent() ? archive.read(stem.get()) : Optional.empty();
            return found.map(transcript -> feed(name, transcript));
        } catch (ArchiveException | JsonException e) {
            LOG.log(Level.WARNING, "A shared recording cannot be read from the archive: {0}", e.toString());
            return Optional.empty();
        }
    }

    private static Feed feed(String name, ArchivedTranscript transcript) {
        Feed feed = new Feed(name);
        if (transcript.isJson()) {
            JsonObject json = TranscriptJson.parse(transcript.content());
            feed.languageCode(json.getString("language_code", ""));
            json.getJsonArray("segments").getValuesAs(JsonObject.class).stream()
                    .map(TranscriptJson::readSegment)
                    .forEach(feed::add);
        } else {
            lines(transcript.content()).forEach(feed::add);
        }
        feed.end(EndReason.SAVED);
        return feed;
    }

    private static List<TranscriptSegment> lines(String text) {
        List<TranscriptSegment> segments = new ArrayList<>();
        text.lines().forEach(line -> segments.add(new TranscriptSegment(segments.size(), line, 0, 0, List.of())));
        return segments;
    }
}
