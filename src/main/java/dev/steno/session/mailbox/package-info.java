/** One order for everything that happens in a session, on the container's threads, and the ticks that give it time. */
package dev.steno.session.mailbox;
