/**
 * Keeps the accepted audio of recordings on the local disk until it is archived with their transcripts, if
 * {@code ARCHIVE_AUDIO} says so. Losing audio never harms a transcript: whatever goes wrong here ends in a recording
 * without audio.
 */
package dev.steno.spool;
