/**
 * The client of a session: one connection at a time, the tokens with which it may resume, and what it has to be sent.
 * Knows nothing of recordings.
 */
package dev.steno.session.attachment;
