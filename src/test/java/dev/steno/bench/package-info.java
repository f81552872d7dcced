/** What Steno costs: load on the packaged server, measured from outside. Run by the Maven profile {@code bench}. */
package dev.steno.bench;
