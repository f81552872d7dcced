package dev.steno.live;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** What it does on a real Tyrus, {@code LimitsIT} shows. */
class TyrusBuffersTest {
    @Test
    void leaves_alone_what_is_no_session_of_tyrus() {
        Session other = (Session) Proxy.newProxyInstance(
                Session.class.getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, arguments) -> {
                    throw new AssertionError(method);
                });
        assertThat(TyrusBuffers.release(other)).isFalse();
        assertThat(TyrusBuffers.forget(other)).isFalse();
    }
}
