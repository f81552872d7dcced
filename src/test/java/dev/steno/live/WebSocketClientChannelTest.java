package dev.steno.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.session.CloseCode;
import dev.steno.session.SessionEvent;
import dev.steno.testing.ManualTime;
import dev.steno.transcript.TranscriptSegment;
import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WebSocketClientChannelTest {
    private final List<String> sent = new ArrayList<>();
    private final List<SendHandler> underWay = new ArrayList<>();
    private final List<CloseReason> closes = new ArrayList<>();
    private boolean completesAtOnce;
    private int deepest;
    private Error fault;
    private final ManualTime time = new ManualTime();
    private final WebSocketClientChannel channel = new WebSocketClientChannel(socket(), time::nanoTime);

    @Test
    void has_one_message_under_way_and_keeps_the_order() {
        IntStream.range(0, 100).forEach(i -> channel.send(settled(i)));
        assertThat(sent).hasSize(1);
        while (!underWay.isEmpty()) {
            complete();
        }
        assertThat(sent).hasSize(100);
        for (int i = 0; i < 100; i++) {
            assertThat(sent.get(i)).contains("\"segment\":" + i + ",");
        }
    }

    @Test
    void conflates_what_a_slow_reader_has_not_seen_and_keeps_finals() {
        channel.send(new SessionEvent.Progress(1, 0));
        for (int i = 0; i < 10; i++) {
            channel.send(new SessionEvent.Partial(0, "part " + i, 0, 1));
            channel.send(new SessionEvent.Progress(i, 0));
        }
        channel.send(settled(0));
        channel.send(new SessionEvent.Partial(1, "next", 1, 2));
        while (!underWay.isEmpty()) {
            complete();
        }
        assertThat(sent).hasSize(4);
        assertThat(sent.get(1)).contains("\"received_bytes\":9");
        assertThat(sent.get(2)).contains("\"is_final\":true");
        assertThat(sent.get(3)).contains("next");
    }

    @Test
    void closes_after_what_is_queued_and_sends_nothing_afterwards() {
        channel.send(settled(0));
        channel.send(settled(1));
        channel.close(CloseCode.TRY_AGAIN_LATER, "busy");
        channel.close(CloseCode.NORMAL, "late");
        channel.send(settled(2));
        assertThat(closes).isEmpty();
        complete();
        complete();
        assertThat(sent).hasSize(2);
        assertThat(closes).singleElement().satisfies(reason -> {
            assertThat(reason.getCloseCode().getCode()).isEqualTo(1013);
            assertThat(reason.getReasonPhrase()).isEqualTo("busy");
        });
    }

    @Test
    void gives_up_a_client_that_never_reads() {
        IntStream.range(0, 2_000).forEach(i -> channel.send(settled(i)));
        assertThat(sent).hasSize(1);
        assertThat(closes)
                .singleElement()
                .satisfies(reason -> assertThat(reason.getCloseCode().getCode()).isEqualTo(4008));
        complete();
        assertThat(sent).hasSize(1);
    }

    @Test
    void sends_a_long_queue_to_a_server_that_completes_at_once_without_a_deep_stack() {
        IntStream.range(0, 900).forEach(i -> channel.send(settled(i)));
        completesAtOnce = true;
        complete();
        assertThat(sent).hasSize(900);
        assertThat(deepest)
                .isLessThan(StackWalker.getInstance().walk(Stream::count).intValue() + 50);
    }

    @Test
    void says_when_finals_had_better_wait_and_when_there_is_room_again() {
        List<Integer> room = new ArrayList<>();
        channel.onRoom(() -> room.add(sent.size()));
        IntStream.range(0, 64).forEach(i -> channel.send(settled(i)));
        assertThat(channel.congested()).isFalse();
        channel.send(settled(64));
        assertThat(channel.congested()).isTrue();
        while (!underWay.isEmpty()) {
            complete();
        }
        assertThat(room).hasSize(1);
        assertThat(channel.congested()).isFalse();
    }

    @Test
    void gives_up_after_an_error_of_the_server() {
        fault = new OutOfMemoryError("on purpose");
        channel.send(settled(0));
        assertThat(closes).hasSize(1);
        channel.send(settled(1));
        assertThat(sent).isEmpty();
    }

    @Test
    void closes_when_one_message_has_been_under_way_for_too_long() {
        channel.send(settled(0));
        time.advance(Duration.ofSeconds(14));
        complete();
        channel.send(settled(1));
        channel.close(CloseCode.NORMAL, "saved");
        time.advance(Duration.ofSeconds(14));
        channel.giveUpIfStuck();
        assertThat(closes).isEmpty();
        time.advance(Duration.ofSeconds(1));
        channel.giveUpIfStuck();
        channel.giveUpIfStuck();
        assertThat(closes)
                .singleElement()
                .satisfies(reason -> assertThat(reason.getCloseCode().getCode()).isEqualTo(1000));
        complete();
        assertThat(sent).hasSize(2);
        assertThat(closes).hasSize(1);
    }

    @Test
    void does_not_give_up_a_client_that_has_nothing_to_read() {
        channel.send(settled(0));
        complete();
        time.advance(Duration.ofHours(1));
        channel.giveUpIfStuck();
        assertThat(closes).isEmpty();
    }

    @Test
    void stops_when_a_message_could_not_be_sent() {
        channel.send(settled(0));
        channel.send(settled(1));
        underWay.remove(0).onResult(new SendResult(new IOException("gone")));
        channel.send(settled(2));
        assertThat(sent).hasSize(1);
        assertThat(closes).hasSize(1);
    }

    @Test
    void tells_a_client_that_is_done_from_one_that_is_gone() {
        CloseReason normal = new CloseReason(CloseReason.CloseCodes.NORMAL_CLOSURE, "");
        assertThat(channel.doneBy(normal)).isTrue();
        assertThat(channel.doneBy(new CloseReason(CloseReason.CloseCodes.GOING_AWAY, "")))
                .isFalse();
        channel.send(settled(0));
        underWay.remove(0).onResult(new SendResult(new IOException("gone")));
        assertThat(channel.doneBy(normal)).isFalse();
    }

    private void complete() {
        underWay.remove(0).onResult(new SendResult());
    }

    private static SessionEvent settled(int number) {
        return new SessionEvent.Final(new TranscriptSegment(number, "text", 0, 1, List.of()));
    }

    private Session socket() {
        RemoteEndpoint.Async remote = proxy(RemoteEndpoint.Async.class, (self, method, arguments) -> {
            if (method.getName().equals("sendText")) {
                if (fault != null) {
                    throw fault;
                }
                sent.add((String) arguments[0]);
                deepest = Math.max(
                        deepest, StackWalker.getInstance().walk(Stream::count).intValue());
                if (completesAtOnce) {
                    ((SendHandler) arguments[1]).onResult(new SendResult());
                } else {
                    underWay.add((SendHandler) arguments[1]);
                }
            }
            return null;
        });
        return proxy(Session.class, (self, method, arguments) -> {
            if (method.getName().equals("getAsyncRemote")) {
                return remote;
            }
            closes.add((CloseReason) arguments[0]);
            return null;
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
