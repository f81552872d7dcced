package dev.steno.testing.transcribe;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.steno.testing.transcribe.Fault.Kind;
import dev.steno.testing.transcribe.ReceivedStream.State;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.eventstream.Message;
import software.amazon.awssdk.eventstream.MessageDecoder;

/** One StartStreamTranscription. All of it happens on the connection's event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails shows as a closed stream
final class TranscribeCall extends SimpleChannelInboundHandler<Http2StreamFrame> {
    /** Times ten milliseconds that the end of a request may come after its end event. */
    private static final int PATIENCE = 100;

    /** AWS: an audio event holds at most one second. */
    private static final int LONGEST_EVENT_BYTES = 32_000;

    private final TranscribeServer server;
    private final AtomicInteger streamsHere;
    private final ReceivedStream record = new ReceivedStream();
    private final MessageDecoder decoder = new MessageDecoder(this::message);
    private final AudioDigest digest = new AudioDigest(this::result);
    private ChannelHandlerContext context;
    private SignatureCheck signature;
    private Fault fault = Fault.of(Kind.NONE);
    private boolean faultPlayed;
    private Future<?> idle;
    private volatile boolean started;
    private volatile boolean done;
    private boolean left;

    /** @param streamsHere how many streams are open on this connection */
    TranscribeCall(TranscribeServer server, AtomicInteger streamsHere) {
        this.server = server;
        this.streamsHere = streamsHere;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        server.opened(this, record);
        streamsHere.incrementAndGet();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext reader, Http2StreamFrame frame) {
        try {
            if (frame instanceof Http2HeadersFrame headers) {
                open(headers.headers());
            } else if (frame instanceof Http2DataFrame data) {
                read(data);
            }
        } catch (ServiceError e) {
            fail(e);
        }
    }

    boolean running() {
        return started && !done;
    }

    boolean sameSession(TranscribeCall other) {
        return record.sessionId.equals(other.record.sessionId);
    }

    private void open(Http2Headers headers) {
        fault = server.nextFault();
        if (streamsHere.get() > 1) {
            throw ServiceError.badRequest("Only one stream per HTTP/2 connection is supported.");
        }
        RequestCheck request = RequestCheck.of(headers);
        record.sessionId = request.sessionId();
        record.parameters = request.parameters();
        signature = new SignatureCheck(headers, server.options());
        switch (fault.kind()) {
            case REJECT -> throw new ServiceError(fault.status(), fault.type(), fault.message());
            case HANG_START -> context.channel().config().setAutoRead(false);
            case SLOW_START -> {
                context.channel().config().setAutoRead(false);
                later(fault.time().toMillis(), this::begin);
            }
            default -> begin();
        }
    }

    private void begin() {
        try {
            server.admit(this);
        } catch (ServiceError e) {
            fail(e);
            return;
        }
        started = true;
        Http2Headers headers = new DefaultHttp2Headers()
                .status("200")
                .set("content-type", "application/vnd.amazon.eventstream")
                .set("x-amzn-request-id", UUID.randomUUID().toString())
                .set("x-amzn-transcribe-session-id", record.sessionId);
        context.writeAndFlush(new DefaultHttp2HeadersFrame(headers));
        context.channel().config().setAutoRead(true);
        awaitAudio();
    }

    private void read(Http2DataFrame data) {
        if (!done) {
            decode(data.content());
        }
        record.endOfRequest |= data.isEndStream();
        if (data.isEndStream() && !done && !record.endEvent) {
            throw ServiceError.badRequest("The stream ended without a signed empty end event.");
        }
    }

    private void decode(ByteBuf content) {
        try {
            decoder.feed(ByteBufUtil.getBytes(content));
        } catch (IllegalArgumentException e) {
            throw ServiceError.badRequest("Not an event-stream message: " + e.getMessage());
        }
    }

    private void message(Message outer) {
        if (done) {
            return;
        }
        signature.event(outer);
        if (record.endEvent) {
            throw ServiceError.badRequest("A message followed the end event.");
        }
        if (outer.getPayload().length == 0) {
            record.endEvent = true;
            finish();
            return;
        }
        audio(RequestCheck.audio(Message.decode(ByteBuffer.wrap(outer.getPayload()))));
    }

    private void audio(byte[] bytes) {
        if (bytes.length > LONGEST_EVENT_BYTES || bytes.length % 2 != 0) {
            throw ServiceError.badRequest("Your stream is too big: an event of " + bytes.length + " bytes");
        }
        if (record.bytes == 0) {
            send(TranscriptMessages.silence());
        }
        record.eventBytes.add(bytes.length);
        awaitAudio();
        int untilFault = bytes.length;
        if (fault.midStream() && !faultPlayed) {
            untilFault = (int) Math.min(bytes.length, fault.afterBytes() - record.bytes);
        }
        hear(bytes, 0, untilFault);
        if (fault.midStream() && !faultPlayed && record.bytes >= fault.afterBytes()) {
            faultPlayed = true;
            play();
        }
        if (!done) {
            hear(bytes, untilFault, bytes.length - untilFault);
        }
    }

    private void hear(byte[] bytes, int offset, int length) {
        digest.add(bytes, offset, length);
        record.bytes = digest.bytes();
    }

    private void result(AudioDigest.Line line) {
        if (!line.partial()) {
            record.finals.add(line.text());
        }
        int segment = line.partial() ? digest.segment() : digest.segment() - 1;
        send(TranscriptMessages.result(padded(line), segment, record.parameters));
    }

    private AudioDigest.Line padded(AudioDigest.Line line) {
        int padding = line.partial() ? server.options().partialPadding() : 0;
        return padding == 0
                ? line
                : new AudioDigest.Line(true, line.text() + " " + "x".repeat(padding), line.start(), line.end());
    }

    private void finish() {
        idle.cancel(false);
        if (fault.is(Kind.RESET_AT_END)) {
            done = true;
            reset();
        } else if (fault.is(Kind.END_WITHOUT_FINAL)) {
            endResponse();
        } else {
            digest.finish();
            done = true;
            if (!fault.is(Kind.HANG_AT_END)) {
                later(fault.is(Kind.DELAY) ? fault.time().toMillis() : 0, () -> endAfterRequest(PATIENCE));
            }
        }
    }

    /** A client that hears the end of the response before it has sent the end of its request resets the stream. */
    private void endAfterRequest(int tries) {
        if (record.endOfRequest || tries == 0) {
            endResponse();
        } else {
            later(10, () -> endAfterRequest(tries - 1));
        }
    }

    /** On any thread: an HTTP error before the stream started, an exception event after that. */
    void fail(ServiceError error) {
        if (!context.executor().inEventLoop()) {
            context.executor().execute(() -> fail(error));
            return;
        }
        if (done) {
            return;
        }
        done = true;
        record.error = error.type() + ": " + error.getMessage();
        if (started) {
            write(TranscriptMessages.exception(error).toByteBuffer());
            endResponse();
        } else {
            refuse(error);
        }
        // Time for the client to read the answer before the rest of its audio is refused.
        later(500, () -> context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR)));
    }

    private void refuse(ServiceError error) {
        record.state = State.REJECTED;
        Http2Headers headers = new DefaultHttp2Headers()
                .status(Integer.toString(error.status()))
                .set("content-type", "application/json")
                .set("x-amzn-errortype", error.type())
                .set("x-amzn-request-id", UUID.randomUUID().toString());
        context.write(new DefaultHttp2HeadersFrame(headers));
        byte[] body = TranscriptMessages.errorBody(error).getBytes(UTF_8);
        context.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(body), true));
        context.channel().config().setAutoRead(true);
    }

    private void play() {
        Channel connection = context.channel().parent();
        switch (fault.kind()) {
            case EXCEPTION -> fail(new ServiceError(500, fault.type(), fault.message()));
            case RESET -> reset();
            case GOAWAY -> {
                connection.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.INTERNAL_ERROR));
                connection.close();
            }
            case GOAWAY_GRACEFUL -> connection.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
            case CLOSE -> TranscribeServer.reset(connection);
            case END -> endResponse();
            case CORRUPT -> {
                write(TranscriptMessages.corrupt());
                endResponse();
            }
            case MUTE -> {} // see send
            case STALL -> {
                idle.cancel(false);
                // Later: what was just written goes out with the end of this read.
                context.executor().execute(() -> context.channel().config().setAutoRead(false));
            }
            default -> throw new IllegalStateException("Not in mid-stream: " + fault.kind());
        }
    }

    private void reset() {
        done = true;
        context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
    }

    private void endResponse() {
        done = true;
        context.writeAndFlush(new DefaultHttp2DataFrame(true));
    }

    private void send(Message message) {
        if (fault.is(Kind.MUTE) && faultPlayed) {
            return;
        }
        if (fault.is(Kind.DELAY)) {
            later(fault.time().toMillis(), () -> write(message.toByteBuffer()));
        } else {
            write(message.toByteBuffer());
        }
    }

    private void write(ByteBuffer message) {
        context.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(message)));
    }

    private void awaitAudio() {
        if (idle != null) {
            idle.cancel(false);
        }
        long limit = server.options().idle().toMillis();
        idle = later(
                limit,
                () -> fail(ServiceError.badRequest(
                        "Your request timed out because no new audio was received for 15 seconds.")));
    }

    private Future<?> later(long millis, Runnable task) {
        return context.executor().schedule(task, millis, TimeUnit.MILLISECONDS);
    }

    /** A stream that is not read would not notice that the client gave it up. */
    @Override
    public void userEventTriggered(ChannelHandlerContext told, Object event) {
        if (event instanceof Http2ResetFrame) {
            done = true;
            leave(); // the end of the channel may come only after the connection's next stream has begun
            told.channel().config().setAutoRead(true);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext closed) {
        if (idle != null) {
            idle.cancel(false);
        }
        done = true;
        if (record.state == State.OPEN) {
            boolean proper = record.endEvent && record.endOfRequest && record.error.isEmpty();
            record.state = proper ? State.COMPLETED : State.BROKEN;
        }
        leave();
        server.closed(this);
    }

    private void leave() {
        if (!left) {
            left = true;
            streamsHere.decrementAndGet();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext broken, Throwable cause) {
        record.error = cause.toString();
        broken.close();
    }
}
