package dev.steno.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What it does on WildFly, {@code TelephonyIT} shows. */
class UndertowMessagesTest {
    @Test
    void are_not_waited_for_on_other_servers() {
        List<String> said = new ArrayList<>();
        assertThat(UndertowMessages.resolve(getClass().getClassLoader()).state())
                .isEqualTo(Mending.State.NOT_NEEDED);
        UndertowMessages.after(null, () -> said.add("ended"));
        assertThat(said).containsExactly("ended");
    }
}
