package dev.steno.archive;

/**
 * Where a transcript was stored.
 *
 * @param key the name of its text document in the archive, prefix included: {@code 20241215_143022.txt}
 * @param location {@code s3://bucket/key}, or the file's absolute path
 */
public record StoredTranscript(String key, String location) {
    /** What all documents of the transcript are named by, prefix included. */
    public String stem() {
        int dot = key.lastIndexOf('.');
        return dot < 0 ? key : key.substring(0, dot);
    }
}
