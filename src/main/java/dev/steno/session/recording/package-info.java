/**
 * One recording that holds a place, from its opening to the stored transcript. Audio goes on to the upstream, results
 * become numbered segments that are in the journal before anybody sees them. Knows its client only as {@link
 * dev.steno.session.recording.RecordingClient}.
 */
package dev.steno.session.recording;
