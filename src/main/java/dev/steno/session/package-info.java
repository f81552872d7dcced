/** The life of a recording, from a connected client to a stored transcript, in one order and with every limit. */
package dev.steno.session;
