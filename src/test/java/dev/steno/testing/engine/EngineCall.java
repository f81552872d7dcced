package dev.steno.testing.engine;

import dev.steno.testing.transcribe.Fault;
import dev.steno.testing.transcribe.Fault.Kind;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.util.ReferenceCountUtil;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One connection to a stand-in. All of it happens on the connection's event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails shows as a closed connection
final class EngineCall extends ChannelInboundHandlerAdapter {
    private static final int LONGEST_FRAME = 1 << 20;

    private final Fault fault;
    private final EngineScript script;

    @SuppressWarnings("JdkObsolete") // a test reads it while the event loop adds to it
    private final StringBuffer configuration = new StringBuffer();

    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private ChannelHandlerContext context;
    private WebSocketServerHandshaker handshaker;
    private volatile String target = "";
    private boolean text;
    private boolean mute;
    private boolean faultPlayed;
    private long audioBytes;

    EngineCall(Fault fault, Function<EngineCall, EngineScript> script) {
        this.fault = fault;
        this.script = script.apply(this);
    }

    String configuration() {
        return configuration.toString();
    }

    String target() {
        return target;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelRead(ChannelHandlerContext reader, Object received) {
        try {
            if (received instanceof FullHttpRequest request) {
                request(request);
            } else if (received instanceof CloseWebSocketFrame close) {
                handshaker.close(context.channel(), close.retain());
            } else if (received instanceof WebSocketFrame frame) {
                frame(frame);
            }
        } finally {
            ReferenceCountUtil.release(received);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext thrower, Throwable cause) {
        context.close();
    }

    private void request(FullHttpRequest request) {
        target = request.uri();
        int status = script.admit(target, request.headers().get(HttpHeaderNames.AUTHORIZATION, ""));
        if (fault.kind() == Kind.REJECT) {
            status = fault.status();
        }
        if (status != HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
            DefaultFullHttpResponse refusal =
                    new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
            refusal.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
            context.writeAndFlush(refusal).addListener(sent -> context.close());
        } else if (fault.kind() != Kind.HANG_START) {
            FullHttpRequest kept = request.retain();
            context.executor().schedule(() -> shake(kept), fault.time().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void shake(FullHttpRequest request) {
        handshaker = new WebSocketServerHandshakerFactory("ws://localhost" + target, null, false, LONGEST_FRAME)
                .newHandshaker(request);
        handshaker.handshake(context.channel(), request).addListener(done -> {
            request.release();
            script.opened();
        });
    }

    private void frame(WebSocketFrame frame) {
        if (!(frame instanceof TextWebSocketFrame
                || frame instanceof BinaryWebSocketFrame
                || frame instanceof ContinuationWebSocketFrame)) {
            return;
        }
        if (!(frame instanceof ContinuationWebSocketFrame)) {
            text = frame instanceof TextWebSocketFrame;
            message.reset();
        }
        message.writeBytes(ByteBufUtil.getBytes(frame.content()));
        if (frame.isFinalFragment()) {
            message(message.toByteArray());
        }
    }

    private void message(byte[] whole) {
        if (!text) {
            script.binary(whole);
            return;
        }
        String said = new String(whole, StandardCharsets.UTF_8);
        if (audioBytes == 0) {
            configuration.append(said).append('\n');
        }
        try (JsonReader reader = Json.createReader(new StringReader(said))) {
            script.text(said, reader.readObject());
        }
    }

    // For the scripts.

    /** Audio came, of 16 kHz. @return whether it is heard, and answered */
    boolean heard(int bytes) {
        audioBytes += bytes;
        if (fault.midStream() && !faultPlayed && audioBytes >= fault.afterBytes()) {
            faultPlayed = true;
            play();
        }
        return !mute;
    }

    /** The client says that no more audio comes. @return whether it is answered */
    boolean ended() {
        switch (fault.kind()) {
            case HANG_AT_END -> mute = true;
            case RESET_AT_END -> abort();
            case END_WITHOUT_FINAL -> close(1000);
            default -> {}
        }
        return !mute;
    }

    private void play() {
        switch (fault.kind()) {
            case EXCEPTION -> script.error();
            case RESET -> close(1011);
            case GOAWAY -> close(1001);
            case END -> close(1000);
            case CLOSE -> abort();
            case CORRUPT -> say("}{ not JSON");
            case STALL -> {
                mute = true;
                context.channel().config().setAutoRead(false);
            }
            case MUTE -> mute = true;
            default -> throw new IllegalStateException(fault.toString());
        }
    }

    void say(String said) {
        if (!mute) {
            context.writeAndFlush(new TextWebSocketFrame(said));
        }
    }

    void say(JsonObject said) {
        say(said.toString());
    }

    void close(int code) {
        context.writeAndFlush(new CloseWebSocketFrame(code, "")).addListener(sent -> context.close());
        mute = true;
    }

    private void abort() {
        mute = true;
        reset(context.channel());
    }

    /** Closes with RST instead of FIN. */
    static void reset(Channel connection) {
        connection.config().setOption(ChannelOption.SO_LINGER, 0);
        connection.close();
    }
}
