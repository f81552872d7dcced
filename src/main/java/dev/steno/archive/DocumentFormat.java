package dev.steno.archive;

import dev.steno.spool.WavFile;
import dev.steno.transcript.PlainText;
import dev.steno.transcript.SubRip;
import dev.steno.transcript.Transcript;
import dev.steno.transcript.WebVtt;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a transcript can be archived as. The order is that of storing: the text claims the name. */
public enum DocumentFormat {
    TXT("text/plain; charset=utf-8"),
    JSON("application/json; charset=utf-8"),
    VTT("text/vtt; charset=utf-8"),
    SRT("application/x-subrip; charset=utf-8");

    private final String contentType;

    DocumentFormat(String contentType) {
        this.contentType = contentType;
    }

    public String extension() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** With its charset. */
    public String contentType() {
        return contentType;
    }

    TranscriptDocuments.Document render(Transcript transcript, Optional<WavFile> audio) {
        return document(this == JSON ? TranscriptJson.render(transcript, audio) : words(transcript, Map.of()));
    }

    /** In one of the formats for readers, with the names of those who speak, by the engine's labels. */
    public String words(Transcript transcript, Map<String, String> speakers) {
        return switch (this) {
            case TXT -> PlainText.render(transcript, speakers);
            case VTT -> WebVtt.render(transcript, speakers);
            case SRT -> SubRip.render(transcript, speakers);
            case JSON -> throw new IllegalArgumentException("JSON is the document that the others are made of.");
        };
    }

    public TranscriptDocuments.Document document(String content) {
        return new TranscriptDocuments.Document(extension(), contentType, content);
    }
}
