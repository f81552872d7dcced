package dev.steno.audience;

import dev.steno.transcript.Transcript;
import dev.steno.transcript.WebVtt;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The recording as subtitles of an HLS stream (RFC 8216, section 3.5): a media playlist of short WebVTT pieces. Second
 * 0 is the first audio of the recording, which {@code EXT-X-PROGRAM-DATE-TIME} dates.
 */
final class SubtitlePlaylist {
    /** While it runs a playlist shows the last half hour: players ask for all of it every few seconds. */
    private static final int SHOWN = 300;

    private SubtitlePlaylist() {}

    /** @param query to be repeated behind each piece's name, with its question mark; may be empty */
    static String render(Feed feed, String query) {
        CueTimes.Window window = feed.cues();
        int first = window.complete() ? 0 : Math.max(0, window.pieces() - SHOWN);
        StringBuilder playlist = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:3\n");
        playlist.append("#EXT-X-TARGETDURATION:").append(CueTimes.PIECE_SECONDS).append('\n');
        playlist.append("#EXT-X-MEDIA-SEQUENCE:").append(first).append('\n');
        Instant begin = feed.startedAt().truncatedTo(ChronoUnit.MILLIS);
        for (int piece = first; piece < window.pieces(); piece++) {
            playlist.append("#EXT-X-PROGRAM-DATE-TIME:")
                    .append(begin.plusSeconds((long) piece * CueTimes.PIECE_SECONDS))
                    .append("\n#EXTINF:")
                    .append(CueTimes.PIECE_SECONDS)
                    .append(".000,\ncaptions/")
                    .append(piece)
                    .append(".vtt")
                    .append(query)
                    .append('\n');
        }
        return playlist.append(window.complete() ? "#EXT-X-ENDLIST\n" : "").toString();
    }

    /**
     * @param mpegts the video's time stamp (90 kHz) at second 0 of the recording
     * @return empty if the piece is not published
     */
    static Optional<String> piece(Feed feed, int piece, long mpegts, Optional<String> language) {
        CueTimes.Window window = feed.cues();
        if (piece < 0 || piece >= window.pieces()) {
            return Optional.empty();
        }
        List<Line> lines = window.placed().stream()
                .filter(placed -> placed.isIn(piece))
                .map(CueTimes.Placed::line)
                .toList();
        Transcript transcript = Captions.transcript(lines, language);
        String head = "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:" + mpegts + ",LOCAL:00:00:00.000\n";
        return Optional.of(head + WebVtt.render(transcript).substring("WEBVTT\n".length()));
    }
}
