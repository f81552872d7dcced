package dev.steno.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.SocketFactory;

/** The network between a client and Steno, on the loopback address: bytes pass until a test cuts it. */
public final class CutProxy implements AutoCloseable {
    private volatile URI backend;
    private final SocketFactory factory;
    private final int port;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private ServerSocket listening;

    /** @param backend where connections go on to, on the loopback address */
    public CutProxy(URI backend) {
        this(backend, SocketFactory.getDefault());
    }

    /** @param factory makes the connections to the backend: with TLS, for clients that have none */
    public CutProxy(URI backend, SocketFactory factory) {
        this.backend = backend;
        this.factory = factory;
        port = Ports.free();
        listening = listen();
    }

    /** The address to use in place of the server's own. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + port + backend.getPath());
    }

    /** The server behind moved to another port. */
    public void to(URI moved) {
        backend = moved;
    }

    /** Drops every connection, as a network that loses them: what is under way is lost too. New ones are taken. */
    public void cut() {
        sockets.forEach(CutProxy::lingerNot); // first all: a pump that sees one end of its pair closed closes the other
        sockets.forEach(CutProxy::close);
        sockets.clear();
    }

    /**
     * Ends every connection without a word, as a proxy that lost the other side or is started again; new ones are
     * taken.
     */
    public void end() {
        sockets.forEach(CutProxy::shutDown);
    }

    /** Drops every connection and refuses new ones. */
    public synchronized void down() {
        close(listening);
        cut();
    }

    /** Takes connections again. */
    public synchronized void up() {
        listening = listen();
    }

    @Override
    public void close() {
        down();
        threads.shutdownNow();
    }

    private ServerSocket listen() {
        try {
            ServerSocket server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
            threads.execute(() -> accept(server));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                connect(server.accept());
            } catch (IOException e) {
                // closed, or the server behind is not there: the client sees its connection end
            }
        }
    }

    private void connect(Socket client) throws IOException {
        sockets.add(client);
        try {
            Socket server = factory.createSocket(InetAddress.getLoopbackAddress(), backend.getPort());
            sockets.add(server);
            threads.execute(() -> pump(client, server));
            threads.execute(() -> pump(server, client));
        } catch (IOException e) {
            close(client);
            throw e;
        }
    }

    private void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // cut
        } finally {
            sockets.remove(from);
        }
    }

    private static void lingerNot(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // closed already
        }
    }

    private static void shutDown(Socket socket) {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            // closed already
        }
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
