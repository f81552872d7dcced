package dev.steno.library;

import java.util.Optional;

/**
 * How far the search index is.
 *
 * @param state {@code off}, {@code building}, {@code ready} or {@code broken}
 * @param transcripts in it
 * @param reached while it is building: the oldest transcript that was looked at; newer ones can be searched
 */
public record IndexStatus(String state, int transcripts, Optional<String> reached, Optional<String> problem) {}
