/** What stands between the network and Steno: who may record, from where, and which powers the page has. */
package dev.steno.access;
