package dev.steno.transcript;

import java.util.stream.Collectors;

/** Renders a transcript as plain text: one final segment a line, a newline at the end of each. */
public final class PlainText {
    private PlainText() {}

    public static String render(Transcript transcript) {
        return transcript.segments().stream()
                .map(segment -> oneLine(segment.text()) + "\n")
                .collect(Collectors.joining());
    }

    /** A line break inside a segment would read as two segments. */
    private static String oneLine(String text) {
        return text.strip().replaceAll("\\R+", " ");
    }
}
