/**
 * Keeps what was recognised. Finals go to a journal on the local disk before the client sees them; a finished
 * transcript goes to the {@link dev.steno.archive.TranscriptArchive}, each of which has a sub-package of its own.
 */
package dev.steno.archive;
