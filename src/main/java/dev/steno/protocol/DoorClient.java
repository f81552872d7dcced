package dev.steno.protocol;

import dev.steno.caller.Caller;
import java.util.List;
import java.util.Map;

/**
 * Who is on the other side of a door.
 *
 * @param query parameters of the address
 * @param caller as the handshake found out
 */
record DoorClient(SocketWriter socket, Map<String, List<String>> query, Caller caller) {}
