/** Words and entities as JSON, the same on the wire, in the archive and in the journal. */
package dev.steno.transcript.json;
