package dev.steno.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.protocol.SocketWriter.Kind;
import dev.steno.testing.ManualTime;
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
import org.junit.jupiter.api.Test;

class SocketWriterTest {
    private final List<String> sent = new ArrayList<>();
    private final List<SendHandler> underWay = new ArrayList<>();
    private final List<CloseReason> closes = new ArrayList<>();
    private boolean completeAtOnce;
    private final ManualTime time = new ManualTime();
    private final SocketWriter writer = new SocketWriter(socket(), time::nanoTime);

    @Test
    void has_one_message_under_way_and_keeps_the_order() {
        IntStream.range(0, 100).forEach(i -> writer.send(Kind.FINAL, settled(i)));
        assertThat(sent).hasSize(1);
        while (!underWay.isEmpty()) {
            complete();
        }
        assertThat(sent).hasSize(100);
        for (int i = 0; i < 100; i++) {
            assertThat(sent.get(i)).isEqualTo(settled(i));
        }
    }

    @Test
    void conflates_what_a_slow_reader_has_not_seen_and_keeps_finals() {
        writer.send(Kind.PROGRESS, "progress 1");
        for (int i = 0; i < 10; i++) {
            writer.send(Kind.PARTIAL, "part " + i);
            writer.send(Kind.PROGRESS, "progress " + i);
        }
        writer.send(Kind.FINAL, settled(0));
        writer.send(Kind.PARTIAL, "next");
        while (!underWay.isEmpty()) {
            complete();
        }
        assertThat(sent).hasSize(4);
        assertThat(sent.get(1)).isEqualTo("progress 9");
        assertThat(sent.get(2)).isEqualTo("final 0");
        assertThat(sent.get(3)).isEqualTo("next");
    }

    @Test
    void closes_after_what_is_queued_and_sends_nothing_afterwards() {
        writer.send(Kind.FINAL, settled(0));
        writer.send(Kind.FINAL, settled(1));
        writer.close(1013, "busy");
        writer.close(1000, "late");
        writer.send(Kind.FINAL, settled(2));
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
        IntStream.range(0, 2_000).forEach(i -> writer.send(Kind.FINAL, settled(i)));
        assertThat(sent).hasSize(1);
        assertThat(closes)
                .singleElement()
                .satisfies(reason -> assertThat(reason.getCloseCode().getCode()).isEqualTo(4008));
        complete();
        assertThat(sent).hasSize(1);
    }

    @Test
    void closes_when_one_message_has_been_under_way_for_too_long() {
        writer.send(Kind.FINAL, settled(0));
        time.advance(Duration.ofSeconds(14));
        complete();
        writer.send(Kind.FINAL, settled(1));
        writer.close(1000, "saved");
        time.advance(Duration.ofSeconds(14));
        writer.giveUpIfStuck();
        assertThat(closes).isEmpty();
        time.advance(Duration.ofSeconds(1));
        writer.giveUpIfStuck();
        writer.giveUpIfStuck();
        assertThat(closes)
                .singleElement()
                .satisfies(reason -> assertThat(reason.getCloseCode().getCode()).isEqualTo(1000));
        complete();
        assertThat(sent).hasSize(2);
        assertThat(closes).hasSize(1);
    }

    @Test
    void does_not_give_up_a_client_that_has_nothing_to_read() {
        writer.send(Kind.FINAL, settled(0));
        complete();
        time.advance(Duration.ofHours(1));
        writer.giveUpIfStuck();
        assertThat(closes).isEmpty();
    }

    @Test
    void stops_when_a_message_could_not_be_sent() {
        writer.send(Kind.FINAL, settled(0));
        writer.send(Kind.FINAL, settled(1));
        underWay.remove(0).onResult(new SendResult(new IOException("gone")));
        writer.send(Kind.FINAL, settled(2));
        assertThat(sent).hasSize(1);
        assertThat(closes).hasSize(1);
    }

    @Test
    void tells_a_client_that_is_done_from_one_that_is_gone() {
        CloseReason normal = new CloseReason(CloseReason.CloseCodes.NORMAL_CLOSURE, "");
        assertThat(writer.doneBy(normal)).isTrue();
        assertThat(writer.doneBy(new CloseReason(CloseReason.CloseCodes.GOING_AWAY, "")))
                .isFalse();
        writer.send(Kind.FINAL, settled(0));
        underWay.remove(0).onResult(new SendResult(new IOException("gone")));
        assertThat(writer.doneBy(normal)).isFalse();
    }

    @Test
    void cuts_a_reason_to_what_a_close_frame_holds() {
        writer.close(1008, "\u00fc".repeat(200));
        assertThat(closes.get(0).getReasonPhrase()).isEqualTo("\u00fc".repeat(61));
    }

    @Test
    void needs_no_deep_stack_where_the_server_completes_a_send_at_once() {
        completeAtOnce = true;
        for (int i = 0; i < 900; i++) {
            writer.send(Kind.FINAL, settled(i));
        }
        assertThat(sent).hasSize(900);
    }

    private void complete() {
        underWay.remove(0).onResult(new SendResult());
    }

    private static String settled(int number) {
        return "final " + number;
    }

    private Session socket() {
        RemoteEndpoint.Async remote = proxy(RemoteEndpoint.Async.class, (self, method, arguments) -> {
            if (method.getName().equals("sendText")) {
                sent.add((String) arguments[0]);
                if (completeAtOnce) {
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
