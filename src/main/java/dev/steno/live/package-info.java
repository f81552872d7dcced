/**
 * The wire: WebSocket frames in, messages out. Knows the protocol of {@code docs/protocol.md} and nothing of engines.
 */
package dev.steno.live;
