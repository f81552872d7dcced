/** This application's log: how much, in which form, and that a line is a line whatever somebody put into it. */
package dev.steno.logging;
