package dev.steno.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void free_ports_are_none_that_a_connection_gets_and_none_comes_twice() {
        List<Integer> ports = Stream.generate(Ports::free).limit(200).toList();
        assertThat(ports).doesNotHaveDuplicates().allMatch(port -> port < 32_768);
    }

    @Test
    void a_port_that_refuses_is_taken_but_nobody_listens() throws IOException {
        try (Socket held = Ports.refusing()) {
            assertThat(Ports.listens(held.getLocalPort())).isFalse();
            assertThatThrownBy(() -> new ServerSocket(held.getLocalPort(), 1, InetAddress.getLoopbackAddress()))
                    .isInstanceOf(BindException.class);
        }
    }
}
