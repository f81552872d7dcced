package dev.steno.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void free_ports_are_none_that_a_connection_gets_and_none_comes_twice() {
        List<Integer> ports = Stream.generate(Ports::free).limit(200).toList();
        assertThat(ports).doesNotHaveDuplicates().allMatch(port -> port < 32_768);
    }
}
