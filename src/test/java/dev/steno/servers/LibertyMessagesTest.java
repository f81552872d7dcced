package dev.steno.servers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What it does on Open Liberty, {@code AttacksIT} and {@code LimitsIT} show. */
class LibertyMessagesTest {
    @Test
    void are_not_looked_for_on_other_servers() {
        assertThat(LibertyMessages.resolve(getClass().getClassLoader()).state()).isEqualTo(Mending.State.NOT_NEEDED);
        assertThat(LibertyMessages.tooLarge(null)).isFalse();
    }
}
