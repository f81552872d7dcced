package dev.steno.library;

import dev.steno.archive.TranscriptStem;
import java.util.Optional;

/** Knows of transcripts that somebody was told of before they are in the archive. Thread-safe; does not block. */
public interface ExpectedTranscripts {
    /** @param reader whose transcripts may be seen; empty for everybody's */
    boolean isExpected(TranscriptStem stem, Optional<String> reader);
}
