package dev.steno.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A long way to a server: what it answers arrives late, in order. */
public final class SlowProxy implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    private final ServerSocket listening;
    private final int backend;
    private final Duration delay;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /** @param backend port of the server, on the loopback address */
    public SlowProxy(int backend, Duration delay) {
        this.backend = backend;
        this.delay = delay;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        try {
            while (!listening.isClosed()) {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), backend);
                sockets.add(client);
                sockets.add(server);
                thread(() -> pump(client, server, Duration.ZERO));
                thread(() -> pump(server, client, delay));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private static void pump(Socket from, Socket to, Duration late) {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (from;
                to) {
            byte[] buffer = new byte[BUFFER];
            for (int read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                byte[] bytes = Arrays.copyOf(buffer, read);
                Future<?> unused = clock.schedule(() -> write(to, bytes), late.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (IOException e) {
            // one side is gone, and so the other
        } finally {
            clock.shutdownNow();
        }
    }

    private static void write(Socket to, byte[] bytes) {
        try {
            to.getOutputStream().write(bytes);
            to.getOutputStream().flush();
        } catch (IOException e) {
            // gone
        }
    }

    private static void thread(Runnable task) {
        Thread thread = new Thread(task, "slow-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
