/**
 * The sessions of this node behind {@link dev.steno.session.TranscriptionSessions}: opened, found again, given time,
 * ended.
 */
package dev.steno.session.node;
