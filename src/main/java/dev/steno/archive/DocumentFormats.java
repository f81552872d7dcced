package dev.steno.archive;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import dev.steno.spool.WavFile;
import dev.steno.transcript.Transcript;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Renders transcripts in the formats that the configuration asks for; always as text, which claims the name. */
@ApplicationScoped
public class DocumentFormats {
    private static final String ARCHIVE_FORMATS = "ARCHIVE_FORMATS";

    private final Set<DocumentFormat> formats;

    protected DocumentFormats() { // for the container's proxy
        formats = Set.of();
    }

    /** @throws InvalidSettingException for an unknown format, or none */
    @Inject
    public DocumentFormats(Settings settings) {
        Set<String> words = settings.words(ARCHIVE_FORMATS, "txt,json");
        if (words.isEmpty()) {
            throw invalid(settings);
        }
        formats = EnumSet.of(DocumentFormat.TXT);
        for (String word : words) {
            formats.add(Arrays.stream(DocumentFormat.values())
                    .filter(format -> format.extension().equals(word))
                    .findFirst()
                    .orElseThrow(() -> invalid(settings)));
        }
    }

    /** Of a transcript without audio. */
    public List<TranscriptDocuments.Document> render(Transcript transcript) {
        return render(transcript, Optional.empty());
    }

    /**
     * JSON too, asked for or not, where it is the only document that says whose the transcript is, what it is called,
     * or that there is audio.
     */
    List<TranscriptDocuments.Document> render(Transcript transcript, Optional<WavFile> audio) {
        return wanted(transcript, audio).stream()
                .map(format -> format.render(transcript, audio))
                .toList();
    }

    private Set<DocumentFormat> wanted(Transcript transcript, Optional<WavFile> audio) {
        Set<DocumentFormat> wanted = EnumSet.copyOf(formats);
        if (audio.isPresent()
                || transcript.recording().owner().isPresent()
                || transcript.recording().title().isPresent()) {
            wanted.add(DocumentFormat.JSON);
        }
        return wanted;
    }

    /** Of the documents that {@link #render} makes of it. */
    List<String> extensions(Transcript transcript, Optional<WavFile> audio) {
        return wanted(transcript, audio).stream().map(DocumentFormat::extension).toList();
    }

    /** For people: {@code txt, json}. */
    public String description() {
        return formats.stream().map(DocumentFormat::extension).collect(Collectors.joining(", "));
    }

    private static InvalidSettingException invalid(Settings settings) {
        String allowed = Arrays.stream(DocumentFormat.values())
                .map(DocumentFormat::extension)
                .collect(Collectors.joining(", ", "a list of ", " (txt is always included)"));
        return new InvalidSettingException(ARCHIVE_FORMATS, settings.text(ARCHIVE_FORMATS, ""), allowed);
    }
}
