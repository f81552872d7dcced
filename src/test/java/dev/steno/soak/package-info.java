/**
 * Many recordings in real time for a long time, with faults at random everywhere: nothing may be lost, and nothing may
 * grow. Run by the Maven profiles {@code soak}, for one node, and {@code chaos}, for a cluster. The profile
 * {@code page} measures the page in a real browser: outages and visits.
 */
package dev.steno.soak;
