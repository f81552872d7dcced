package dev.steno.testing.transcribe;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Amazon Transcribe Streaming on this machine: HTTP/2 by prior knowledge, on the loopback address. */
public final class TranscribeServer implements AutoCloseable {
    private final TranscribeServerOptions options;
    private final EventLoopGroup loop = new NioEventLoopGroup(1);
    private final Channel listening;
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final List<ReceivedStream> streams = new CopyOnWriteArrayList<>();
    private final Set<TranscribeCall> calls = ConcurrentHashMap.newKeySet();
    private final Set<Channel> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connectionsSeen = new AtomicInteger();

    private TranscribeServer(TranscribeServerOptions options) {
        this.options = options;
        listening = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel connection) {
                        accept(connection);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), options.port())
                .syncUninterruptibly()
                .channel();
    }

    public static TranscribeServer start(TranscribeServerOptions options) {
        return new TranscribeServer(options);
    }

    /** By hand: {@code --port=19001 --control-port=19002 --stream-limit=25}. Runs until it is interrupted. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int port = argument(arguments, "--port=", 19001);
        int controlPort = argument(arguments, "--control-port=", 19002);
        int streams = argument(arguments, "--stream-limit=", 25);
        try (TranscribeServer server =
                        start(TranscribeServerOptions.defaults().withPort(port).withStreamLimit(streams));
                ControlPort control = ControlPort.open(server, controlPort)) {
            System.out.println("Amazon Transcribe stand-in: " + server.endpoint() + ", control " + control.address()
                    + ", AWS_ACCESS_KEY_ID=" + server.options.accessKey() + " AWS_SECRET_ACCESS_KEY="
                    + server.options.secretKey());
            server.listening.closeFuture().sync();
        }
    }

    private static int argument(String[] arguments, String name, int absent) {
        return List.of(arguments).stream()
                .filter(argument -> argument.startsWith(name))
                .map(argument -> Integer.parseInt(argument.substring(name.length())))
                .findFirst()
                .orElse(absent);
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + ((InetSocketAddress) listening.localAddress()).getPort());
    }

    /** Each new stream takes the next of these; streams after the last one work. */
    public void play(Fault... coming) {
        faults.addAll(List.of(coming));
    }

    /** All streams since the start, oldest first. */
    public List<ReceivedStream> streams() {
        return new ArrayList<>(streams);
    }

    public ReceivedStream lastStream() {
        return streams.get(streams.size() - 1);
    }

    /** HTTP/2 streams that are open now. */
    public int openStreams() {
        return calls.size();
    }

    /** Waits until no stream is open; false after ten seconds. */
    public boolean awaitNoStream() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (openStreams() > 0 && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return openStreams() == 0;
    }

    public int openConnections() {
        return connections.size();
    }

    public int connectionsSeen() {
        return connectionsSeen.get();
    }

    @Override
    public void close() {
        listening.close().syncUninterruptibly();
        connections.forEach(connection -> connection.close().syncUninterruptibly());
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    TranscribeServerOptions options() {
        return options;
    }

    /** All further streams work. */
    public void forgetFaults() {
        faults.clear();
    }

    Fault nextFault() {
        return Optional.ofNullable(faults.poll()).orElse(Fault.of(Fault.Kind.NONE));
    }

    void opened(TranscribeCall call, ReceivedStream record) {
        calls.add(call);
        streams.add(record);
    }

    void closed(TranscribeCall call) {
        calls.remove(call);
    }

    /** Refuses what the account may not have, and ends an older stream of the same number as the service does. */
    void admit(TranscribeCall newcomer) {
        long running = calls.stream()
                .filter(call -> call != newcomer && call.running())
                .count();
        if (running >= options.streamLimit()) {
            throw new ServiceError(
                    429,
                    "LimitExceededException",
                    "Your client has exceeded the concurrent stream service quota. Reduce your number of concurrent "
                            + "streams and try your request again.");
        }
        calls.stream()
                .filter(call -> call != newcomer && call.running() && call.sameSession(newcomer))
                .forEach(call -> call.fail(new ServiceError(
                        409,
                        "ConflictException",
                        "A new stream started with the same session ID. The current stream has been terminated.")));
    }

    private void accept(SocketChannel connection) {
        connectionsSeen.incrementAndGet();
        connections.add(connection);
        connection.closeFuture().addListener(closed -> connections.remove(connection));
        Fault next = faults.peek();
        if (next != null && next.is(Fault.Kind.REFUSE_CONNECTION)) {
            faults.remove(next);
            reset(connection);
            return;
        }
        AtomicInteger streamsHere = new AtomicInteger();
        connection
                .pipeline()
                .addLast(Http2FrameCodecBuilder.forServer().build())
                .addLast(new Http2MultiplexHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel stream) {
                        stream.pipeline().addLast(new TranscribeCall(TranscribeServer.this, streamsHere));
                    }
                }));
    }

    /** Closes with RST instead of FIN. */
    @SuppressWarnings("FutureReturnValueIgnored") // it cannot be waited for on the event loop
    static void reset(Channel connection) {
        connection.config().setOption(ChannelOption.SO_LINGER, 0);
        connection.close();
    }
}
