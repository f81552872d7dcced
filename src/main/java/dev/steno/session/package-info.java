/**
 * A session as doors and observers see it: what a client can ask for, what it is told, and who else hears of it. What
 * happens behind is in the packages below.
 */
package dev.steno.session;
