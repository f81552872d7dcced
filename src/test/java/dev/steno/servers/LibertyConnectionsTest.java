package dev.steno.servers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What it does on Open Liberty, {@code AttacksIT} and {@code LimitsIT} show. */
class LibertyConnectionsTest {
    @Test
    void are_not_looked_for_on_other_servers() {
        assertThat(LibertyConnections.resolve(getClass().getClassLoader()).state())
                .isEqualTo(Mending.State.NOT_NEEDED);
        LibertyConnections.guard(null);
    }
}
