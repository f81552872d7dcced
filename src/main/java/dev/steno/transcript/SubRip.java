package dev.steno.transcript;

import java.util.List;

/** Renders a transcript as SubRip (.srt): numbered cues from 1, a comma before the milliseconds, nothing escaped. */
public final class SubRip {
    private SubRip() {}

    public static String render(Transcript transcript) {
        List<Cue> cues = Cues.of(transcript);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < cues.size(); i++) {
            Cue cue = cues.get(i);
            text.append(i + 1).append('\n');
            text.append(cue.times(',')).append('\n');
            text.append(String.join("\n", cue.lines())).append("\n\n");
        }
        return text.toString();
    }
}
