package dev.steno.servers;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import org.glassfish.tyrus.core.TyrusSession;
import org.junit.jupiter.api.Test;

/**
 * On the Tyrus of the tests' client, which is the one that Payara has; what it does on a server, {@code LimitsIT}
 * shows.
 */
class TyrusEndpointsTest {
    @Test
    void fits_the_tyrus_of_payara() {
        assertThat(TyrusEndpoints.resolve(TyrusSession.class.getClassLoader()).state())
                .isEqualTo(Mending.State.IN_FORCE);
    }

    @Test
    void leaves_alone_what_is_no_session_of_tyrus() {
        TyrusEndpoints.resolve(TyrusSession.class.getClassLoader());
        TyrusEndpoints.forget((Session) Proxy.newProxyInstance(
                Session.class.getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, arguments) -> {
                    throw new AssertionError(method);
                }));
    }

    @Test
    void is_not_needed_where_there_is_no_tyrus() {
        assertThat(TyrusEndpoints.resolve(ClassLoader.getPlatformClassLoader()).state())
                .isEqualTo(Mending.State.NOT_NEEDED);
    }
}
