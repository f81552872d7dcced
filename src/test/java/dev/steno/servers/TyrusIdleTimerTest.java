package dev.steno.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.core.BaseContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On the Tyrus of the tests' client, which is the one that Payara has. */
class TyrusIdleTimerTest {
    private final ScheduledThreadPoolExecutor ofTheServer = new ScheduledThreadPoolExecutor(1);
    private final ClientManager tyrus = ClientManager.createClient();

    @AfterEach
    void close() {
        ofTheServer.shutdownNow();
        tyrus.shutdown();
    }

    @Test
    void what_is_due_at_once_runs_at_once_and_all_else_is_left_to_the_server() throws Exception {
        Field field = BaseContainer.class.getDeclaredField("managedScheduledExecutorService");
        field.setAccessible(true);
        field.set(tyrus, ofTheServer);
        assertThat(TyrusIdleTimer.resolve(tyrus).state()).isEqualTo(Mending.State.IN_FORCE);
        ScheduledExecutorService timer = tyrus.getScheduledExecutorService();
        List<Thread> ran = new ArrayList<>();
        Runnable command = () -> ran.add(Thread.currentThread());
        ScheduledFuture<?> done = timer.schedule(command, 0, TimeUnit.MILLISECONDS);
        assertThat(ran).containsExactly(Thread.currentThread());
        assertThat(done.isDone()).isTrue();
        assertThat(done.cancel(true)).isFalse();
        assertThat(ofTheServer.getQueue()).isEmpty();
        ScheduledFuture<?> later = timer.schedule(() -> {}, 1, TimeUnit.HOURS);
        assertThat(ofTheServer.getQueue()).hasSize(1);
        assertThat(later.cancel(false)).isTrue();
    }

    @Test
    void leaves_alone_what_is_not_a_tyrus_with_a_timer_of_the_server() {
        assertThat(TyrusIdleTimer.resolve(tyrus).state()).isEqualTo(Mending.State.NOT_NEEDED);
        assertThat(TyrusIdleTimer.resolve("another container").state()).isEqualTo(Mending.State.NOT_NEEDED);
        assertThat(TyrusIdleTimer.resolve(null).state()).isEqualTo(Mending.State.NOT_NEEDED);
    }
}
