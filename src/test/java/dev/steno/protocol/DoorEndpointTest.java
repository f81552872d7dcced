package dev.steno.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.CloseReason;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoorEndpointTest {
    private final List<String> calls = new ArrayList<>();
    private CloseReason closed;

    @Test
    void closes_a_socket_that_no_filter_has_seen() {
        DoorEndpoint endpoint = new DoorEndpoint();
        endpoint.onOpen(socket(() -> "somebody the server knows"), config());
        assertThat(closed.getCloseCode()).isEqualTo(CloseReason.CloseCodes.VIOLATED_POLICY);
        assertThat(calls).startsWith("getUserPrincipal").endsWith("close");
        endpoint.onClose(socket(null), closed);
        endpoint.onError(socket(null), new IllegalStateException());
    }

    private Session socket(Principal caller) {
        return (Session) Proxy.newProxyInstance(
                Session.class.getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    if (method.getName().equals("close")) {
                        closed = (CloseReason) arguments[0];
                    }
                    return method.getName().equals("getUserPrincipal") ? caller : null;
                });
    }

    private static EndpointConfig config() {
        return (EndpointConfig) Proxy.newProxyInstance(
                EndpointConfig.class.getClassLoader(),
                new Class<?>[] {EndpointConfig.class},
                (proxy, method, arguments) -> {
                    throw new AssertionError("Nothing is read for a socket that was not checked.");
                });
    }
}
