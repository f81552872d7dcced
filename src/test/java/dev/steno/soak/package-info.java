/**
 * Many recordings in real time for a long time, with faults at random everywhere: nothing may be lost, and nothing may grow. Run by
 * the Maven profile {@code soak}.
 */
package dev.steno.soak;
