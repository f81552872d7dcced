package dev.steno.library;

import dev.steno.archive.DocumentFormat;
import dev.steno.archive.TranscriptStem;
import java.util.Arrays;

/**
 * A stem and the format in which it is wanted.
 *
 * @param named whether the format was asked for by its extension
 */
record RequestedDocument(TranscriptStem stem, DocumentFormat format, boolean named) {
    static RequestedDocument parse(String name) {
        int dot = name.indexOf('.');
        String extension = dot < 0 ? "json" : name.substring(dot + 1);
        TranscriptStem stem =
                TranscriptStem.parse(dot < 0 ? name : name.substring(0, dot)).orElseThrow(Problem::notFound);
        DocumentFormat format = Arrays.stream(DocumentFormat.values())
                .filter(each -> each.extension().equals(extension))
                .findFirst()
                .orElseThrow(Problem::notFound);
        return new RequestedDocument(stem, format, dot >= 0);
    }

    /** A browser saves what was asked for as a file, and shows the rest. */
    String disposition() {
        return (named ? "attachment" : "inline") + "; filename=\"" + stem + "." + format.extension() + "\"";
    }
}
