package dev.steno.transcript;

import java.util.stream.Collectors;

/** Renders a transcript as WebVTT (<a href="https://www.w3.org/TR/webvtt1/">W3C</a>). */
public final class WebVtt {
    private WebVtt() {}

    public static String render(Transcript transcript) {
        return Cues.of(transcript).stream().map(WebVtt::block).collect(Collectors.joining("", "WEBVTT\n", ""));
    }

    private static String block(Cue cue) {
        return "\n" + cue.times('.') + "\n" + escape(String.join("\n", cue.lines())) + "\n";
    }

    /** Without a bare {@code >} a cue's text cannot hold the arrow that starts another cue. */
    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
