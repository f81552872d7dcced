package dev.steno.servers;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * That Payara or GlassFish speaks HTTP/2, once. Grizzly keeps each response of HTTP/2 that the client does not take, in
 * memory and without a bound, and some 30 KB of it also when the connection is closed: sixty connections of a hundred
 * requests fill a heap of 512 MB. An application cannot switch it off, and closing such connections would shut out
 * Java's own client, which asks for HTTP/2 wherever it can.
 */
final class Http2Warning {
    private static final System.Logger LOG = System.getLogger(Http2Warning.class.getName());

    private final AtomicBoolean told = new AtomicBoolean();

    void warn() {
        if (!told.getAndSet(true)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "This server speaks HTTP/2, with which any client can fill its memory. Switch it off:"
                            + " http2-enabled=false, see docs/servers.md.");
        }
    }
}
