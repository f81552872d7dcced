/**
 * What stands between a browser and the page: which powers the page has, and that it is never older than the server behind it.
 */
package dev.steno.access;
