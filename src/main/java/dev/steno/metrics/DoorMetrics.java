package dev.steno.metrics;

import dev.steno.protocol.DoorObserver;
import dev.steno.session.ErrorCode;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.Collector;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Counts what comes through each door. Thread-safe. */
@ApplicationScoped
public class DoorMetrics implements DoorObserver {
    private final Counter connections =
            counter("steno_door_connections_total", "Connections of clients of other protocols.", "door");
    private final Counter recordings = counter("steno_door_recordings_total", "Recordings that began there.", "door");
    private final Counter problems =
            counter("steno_door_errors_total", "Problems that these clients met, limits included.", "door", "code");

    public List<Collector> collectors() {
        return List.of(connections, recordings, problems);
    }

    @Override
    public void onConnection(String door) {
        connections.labelValues(door).inc();
    }

    @Override
    public void onRecording(String door) {
        recordings.labelValues(door).inc();
    }

    @Override
    public void onProblem(String door, ErrorCode code) {
        problems.labelValues(door, code.wireName()).inc();
    }

    private static Counter counter(String name, String help, String... labels) {
        return Counter.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .withoutExemplars()
                .build();
    }
}
