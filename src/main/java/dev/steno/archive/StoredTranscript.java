package dev.steno.archive;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a transcript was stored.
 *
 * @param key the name of its text document in the archive, prefix included: {@code 20241215_143022.txt}
 * @param location {@code s3://bucket/key}, or the file's absolute path
 */
public record StoredTranscript(String key, String location) {
    /** At the end of a key, whatever the prefix, which need not end with a slash. */
    private static final Pattern NAME = Pattern.compile("([0-9]{8}_[0-9]{6}(?:_[1-9][0-9]{0,6})?)\\.txt$");

    /** The name in lists, without the prefix; empty if the archive names its transcripts differently. */
    public Optional<TranscriptStem> listed() {
        Matcher name = NAME.matcher(key);
        return name.find() ? TranscriptStem.parse(name.group(1)) : Optional.empty();
    }

    /** What all documents of the transcript are named by, prefix included. */
    public String stem() {
        int dot = key.lastIndexOf('.');
        return dot < 0 ? key : key.substring(0, dot);
    }
}
