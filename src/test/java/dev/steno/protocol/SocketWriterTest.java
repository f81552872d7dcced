package dev.steno.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is sent, and when, is tested with the channel of {@code /ws}. */
class SocketWriterTest {
    private final List<CloseReason> closes = new ArrayList<>();

    @Test
    void cuts_a_reason_to_what_a_close_frame_holds() {
        new SocketWriter(socket()).close(1008, "\u00fc".repeat(200));
        new SocketWriter(socket()).close(1013, "busy");
        assertThat(closes).extracting(CloseReason::getReasonPhrase).containsExactly("\u00fc".repeat(61), "busy");
    }

    private Session socket() {
        return (Session) Proxy.newProxyInstance(
                Session.class.getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        closes.add((CloseReason) arguments[0]);
                    }
                    return null;
                });
    }
}
