package dev.steno.transcript;

import java.util.Map;
import java.util.stream.Collectors;

/** Renders a transcript as WebVTT (<a href="https://www.w3.org/TR/webvtt1/">W3C</a>). */
public final class WebVtt {
    private WebVtt() {}

    public static String render(Transcript transcript) {
        return render(transcript, Map.of());
    }

    /** @param speakers names by the engine's labels; with any of them cues have voices */
    public static String render(Transcript transcript, Map<String, String> speakers) {
        return Cues.of(transcript, !speakers.isEmpty()).stream()
                .map(cue -> block(cue, speakers))
                .collect(Collectors.joining("", "WEBVTT\n", ""));
    }

    private static String block(Cue cue, Map<String, String> speakers) {
        String voice = cue.speaker()
                .map(label -> "<v " + escape(SpeakerTurns.name(label, speakers)) + ">")
                .orElse("");
        return "\n" + cue.times('.') + "\n" + voice + escape(String.join("\n", cue.lines())) + "\n";
    }

    /** Without a bare {@code >} a cue's text cannot hold the arrow that starts another cue. */
    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
