package dev.steno.transcript;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Renders a transcript as SubRip (.srt): numbered cues from 1, a comma before the milliseconds, nothing escaped. */
public final class SubRip {
    private SubRip() {}

    public static String render(Transcript transcript) {
        return render(transcript, Map.of());
    }

    /** @param speakers names by the engine's labels; with any of them a cue says who begins to speak in it */
    public static String render(Transcript transcript, Map<String, String> speakers) {
        List<Cue> cues = Cues.of(transcript, !speakers.isEmpty());
        StringBuilder text = new StringBuilder();
        Optional<String> speaking = Optional.empty();
        for (int i = 0; i < cues.size(); i++) {
            Cue cue = cues.get(i);
            text.append(i + 1).append('\n');
            text.append(cue.times(',')).append('\n');
            if (cue.speaker().isPresent() && !cue.speaker().equals(speaking)) {
                speaking = cue.speaker();
                text.append(SpeakerTurns.name(speaking.get(), speakers)).append(": ");
            }
            text.append(String.join("\n", cue.lines())).append("\n\n");
        }
        return text.toString();
    }
}
