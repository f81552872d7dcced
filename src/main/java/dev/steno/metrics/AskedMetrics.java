package dev.steno.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.Collector;
import java.util.function.DoubleSupplier;

/** Metrics whose value is asked for when somebody reads them. */
final class AskedMetrics {
    private AskedMetrics() {}

    static Collector gauge(String name, String help, DoubleSupplier value) {
        return GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(point -> point.call(value.getAsDouble()))
                .build();
    }

    static Collector counter(String name, String help, DoubleSupplier value) {
        return CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(point -> point.call(value.getAsDouble()))
                .build();
    }
}
