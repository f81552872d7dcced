package dev.steno.transcript;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Renders a transcript as plain text: one final segment a line, a newline at the end of each. */
public final class PlainText {
    private PlainText() {}

    public static String render(Transcript transcript) {
        return render(transcript, Map.of());
    }

    /** @param speakers names by the engine's labels; with any of them each turn begins with its speaker */
    public static String render(Transcript transcript, Map<String, String> speakers) {
        return transcript.segments().stream()
                .map(segment -> (speakers.isEmpty() ? oneLine(segment.text()) : turns(segment, speakers)) + "\n")
                .collect(Collectors.joining());
    }

    private static String turns(TranscriptSegment segment, Map<String, String> speakers) {
        List<String> texts = List.of(oneLine(segment.text()).split(" +"));
        if (texts.size() != segment.words().size()) { // corrected: nobody knows any more which word is whose
            return said(SpeakerTurns.firstSpeaker(segment), oneLine(segment.text()), speakers);
        }
        StringBuilder line = new StringBuilder();
        int said = 0;
        for (List<Word> turn : SpeakerTurns.of(segment.words())) {
            String text = String.join(" ", texts.subList(said, said + turn.size()));
            line.append(line.length() == 0 ? "" : " ").append(said(SpeakerTurns.speaker(turn), text, speakers));
            said += turn.size();
        }
        return line.toString();
    }

    private static String said(Optional<String> speaker, String text, Map<String, String> speakers) {
        return speaker.map(label -> SpeakerTurns.name(label, speakers) + ": ").orElse("") + text;
    }

    /** A line break inside a segment would read as two segments. */
    private static String oneLine(String text) {
        return text.strip().replaceAll("\\R+", " ");
    }
}
