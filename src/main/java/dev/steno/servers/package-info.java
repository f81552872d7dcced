/**
 * What single servers need: guards around their WebSockets, and mendings of their defects. The only package that uses
 * reflection on a server's classes; each mending is resolved once, at the start, and reported in one line of the log.
 */
package dev.steno.servers;
