package dev.steno.testing.engine;

import dev.steno.testing.Wait;
import dev.steno.testing.transcribe.Fault;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The server of an engine on this machine, on the loopback address. */
public final class EngineServer implements AutoCloseable {
    /** The key that the Realtime dialects ask for. */
    public static final String KEY = "sk-test-0123456789";

    private final EngineScript.Maker script;
    private final Hearing.Maker hearing;
    private final EventLoopGroup loop = new NioEventLoopGroup(1);
    private final Channel listening;
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final Set<Channel> connections = ConcurrentHashMap.newKeySet();
    private final List<EngineCall> calls = new CopyOnWriteArrayList<>();

    private EngineServer(EngineScript.Maker script, Hearing.Maker hearing) {
        this.script = script;
        this.hearing = hearing;
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
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    public static EngineServer vosk(Hearing.Maker hearing) {
        return new EngineServer(VoskScript::new, hearing);
    }

    public static EngineServer openAi(Hearing.Maker hearing) {
        return new EngineServer(OpenAiScript::new, hearing);
    }

    public static EngineServer speaches(Hearing.Maker hearing) {
        return new EngineServer(SpeachesScript::new, hearing);
    }

    public static EngineServer vllm(Hearing.Maker hearing) {
        return new EngineServer(VllmScript::new, hearing);
    }

    public static EngineServer nemo(Hearing.Maker hearing) {
        return new EngineServer(NemoScript::new, hearing);
    }

    public URI address() {
        return URI.create("ws://127.0.0.1:" + ((InetSocketAddress) listening.localAddress()).getPort());
    }

    /** Each new connection takes the next of these; those after the last one work. */
    public void play(Fault... coming) {
        faults.addAll(List.of(coming));
    }

    public void forgetFaults() {
        faults.clear();
    }

    /** Of the newest connection: text that the client sent before audio, which is how it wants the session. */
    public String lastConfiguration() {
        return calls.get(calls.size() - 1).configuration();
    }

    /** Of the newest connection: path and query. */
    public String lastTarget() {
        return calls.get(calls.size() - 1).target();
    }

    public int callsSeen() {
        return calls.size();
    }

    public int openConnections() {
        return connections.size();
    }

    public void awaitNoConnection() {
        Wait.until(Duration.ofSeconds(8), () -> openConnections() + " connections", () -> openConnections() == 0);
    }

    @Override
    public void close() {
        listening.close().syncUninterruptibly();
        connections.forEach(connection -> connection.close().syncUninterruptibly());
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private void accept(SocketChannel connection) {
        connections.add(connection);
        connection.closeFuture().addListener(closed -> connections.remove(connection));
        Fault fault = Optional.ofNullable(faults.poll()).orElse(Fault.of(Fault.Kind.NONE));
        if (fault.kind() == Fault.Kind.REFUSE_CONNECTION) {
            EngineCall.reset(connection);
            return;
        }
        EngineCall call = new EngineCall(fault, each -> script.make(each, hearing));
        calls.add(call);
        connection.pipeline().addLast(new HttpServerCodec(), new HttpObjectAggregator(8_192), call);
    }
}
