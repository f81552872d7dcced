package dev.steno.archive;

import dev.steno.transcript.PlainText;
import dev.steno.transcript.SubRip;
import dev.steno.transcript.Transcript;
import dev.steno.transcript.WebVtt;
import java.util.Locale;

/** What a transcript can be archived as. The order is that of storing: the text claims the name. */
enum DocumentFormat {
    TXT("text/plain; charset=utf-8"),
    JSON("application/json; charset=utf-8"),
    VTT("text/vtt; charset=utf-8"),
    SRT("application/x-subrip; charset=utf-8");

    private final String contentType;

    DocumentFormat(String contentType) {
        this.contentType = contentType;
    }

    String extension() {
        return name().toLowerCase(Locale.ROOT);
    }

    TranscriptDocuments.Document render(Transcript transcript) {
        String content =
                switch (this) {
                    case TXT -> PlainText.render(transcript);
                    case JSON -> TranscriptJson.render(transcript);
                    case VTT -> WebVtt.render(transcript);
                    case SRT -> SubRip.render(transcript);
                };
        return new TranscriptDocuments.Document(extension(), contentType, content);
    }
}
