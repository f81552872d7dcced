/**
 * What all protocols over WebSocket share: one writer for each socket, and the way of a connection from its handshake
 * to its session. Each protocol is a package below, which knows its messages and nothing of sockets.
 */
package dev.steno.protocol;
