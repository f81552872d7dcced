/** The identity on the other side of a connection: what access finds out, and what quotas and recordings go by. */
package dev.steno.caller;
