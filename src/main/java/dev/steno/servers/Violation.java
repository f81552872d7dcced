package dev.steno.servers;

/**
 * What a client did that ends its connection.
 *
 * @param code of the close frame, RFC 6455 section 7.4.1
 * @param reason for the close frame: at most 123 bytes of UTF-8
 */
record Violation(int code, String reason) {
    static final Violation NOT_MASKED = new Violation(1002, "Frames of a client must be masked.");
    static final Violation NO_CONTROL_FRAME = new Violation(1002, "A control frame is too long, or in fragments.");
    static final Violation TOO_LARGE =
            new Violation(1009, "A message may have " + FrameGuard.MESSAGE_BYTES + " bytes at most.");
    static final Violation FRAGMENTS =
            new Violation(1009, "A message may have " + FrameGuard.FRAGMENTS + " fragments at most.");
    static final Violation CONTROL_FRAMES = new Violation(1008, "Too many pings or pongs.");
    static final Violation NOT_READING = new Violation(1008, "The client does not read the answers to its pings.");
}
