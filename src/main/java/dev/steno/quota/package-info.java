/**
 * How much of this node may be used: at once, by one caller, in a minute and in a day. Knows no audio and no
 * connection.
 */
package dev.steno.quota;
