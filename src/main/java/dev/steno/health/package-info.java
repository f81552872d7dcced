/**
 * Tells probes and people whether Steno can work: MicroProfile Health, and the same as plain JSON where a server has
 * none.
 */
package dev.steno.health;
