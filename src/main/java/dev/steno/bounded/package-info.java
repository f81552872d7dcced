/** Collections that cannot grow without end, whatever comes from outside. */
package dev.steno.bounded;
