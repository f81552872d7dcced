package dev.steno.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.RequestExecutorProvider;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.strategies.SameThreadIOStrategy;
import org.junit.jupiter.api.Test;

/** On the Grizzly that comes with Tyrus; what it does on Payara and GlassFish, {@code AttacksIT} shows. */
class GrizzlyConnectionsTest {
    private static final String CLOSED = "GET /closed HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String LAST = "GET /last HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private final AtomicInteger closed = new AtomicInteger();

    @Test
    void ignores_what_came_behind_the_request_whose_connection_it_closed() throws Exception {
        MethodHandle ignoreRest = GrizzlyConnections.ignoreRest(Connection.class);
        HttpServer server = new HttpServer();
        NetworkListener listener = new NetworkListener("one", "127.0.0.1", 0);
        listener.getTransport().setIOStrategy(SameThreadIOStrategy.getInstance());
        listener.getTransport().setSelectorRunnersCount(1);
        server.addListener(listener);
        server.getServerConfiguration().addHttpHandler(new ClosingHandler(ignoreRest), "/");
        server.start();
        try (Socket many = new Socket(InetAddress.getLoopbackAddress(), listener.getPort())) {
            many.getOutputStream().write(CLOSED.repeat(100).getBytes(StandardCharsets.US_ASCII));
            assertThat(many.getInputStream().read()).isEqualTo(-1);

            assertThat(answer(listener.getPort())).startsWith("HTTP/1.1 200");
            assertThat(closed).hasValue(1);
        } finally {
            server.shutdownNow();
        }
    }

    /** One thread does all, so that nothing is left of the first connection once the second one is answered. */
    private static String answer(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(LAST.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private final class ClosingHandler extends HttpHandler {
        private final MethodHandle ignoreRest;

        private ClosingHandler(MethodHandle ignoreRest) {
            this.ignoreRest = ignoreRest;
        }

        @Override
        public void service(Request request, Response response) throws Exception {
            if (request.getRequestURI().equals("/closed")) {
                closed.incrementAndGet();
                Connection<?> connection = request.getContext().getConnection();
                connection.terminateSilently();
                try {
                    ignoreRest.invoke(connection);
                } catch (Throwable e) {
                    throw new AssertionError(e);
                }
            }
        }

        @Override
        public RequestExecutorProvider getRequestExecutorProvider() {
            return new RequestExecutorProvider.SameThreadProvider();
        }
    }
}
