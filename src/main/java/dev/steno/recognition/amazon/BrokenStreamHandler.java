package dev.steno.recognition.amazon;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2ResetFrame;
import java.io.IOException;

/**
 * Makes a break look like a break. The SDK (2.41.30) takes a reset stream, a failed write and a closed connection for
 * the normal end of an event stream; after {@code finish} nothing else would tell them from success, and the last words
 * would be lost in silence. This handler sits in each connection, behind the HTTP/2 codec, and reports all three as an
 * error of the connection, which the SDK passes on to the one stream in it.
 */
final class BrokenStreamHandler extends ChannelDuplexHandler {
    /** A connection that takes this handler in as soon as it speaks HTTP/2. */
    static NioSocketChannel connection() {
        NioSocketChannel connection = new NioSocketChannel();
        connection.pipeline().addLast(new Installer());
        return connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
        // NO_ERROR comes after a complete answer, to stop the rest of the request.
        if (frame instanceof Http2ResetFrame reset && reset.errorCode() != Http2Error.NO_ERROR.code()) {
            context.fireExceptionCaught(new IOException("The stream was reset: " + reset.name()));
        }
        context.fireChannelRead(frame);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the write's outcome is in the promise
    public void write(ChannelHandlerContext context, Object frame, ChannelPromise promise) {
        context.write(frame, promise.unvoid().addListener(written -> {
            if (!written.isSuccess()) {
                context.fireExceptionCaught(new IOException("Audio could not be sent", written.cause()));
            }
        }));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        context.fireExceptionCaught(new IOException("The connection was closed"));
        context.fireChannelInactive();
    }

    /** The SDK sets the connection up later than it makes it, with TLS later still. */
    private static final class Installer extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            ChannelHandlerContext codec = context.pipeline().context(Http2FrameCodec.class);
            if (codec != null) {
                context.pipeline().addAfter(codec.name(), null, new BrokenStreamHandler());
                context.pipeline().remove(this);
            }
            context.fireChannelRead(bytes);
        }
    }
}
