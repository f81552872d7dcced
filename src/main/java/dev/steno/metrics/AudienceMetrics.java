package dev.steno.metrics;

import dev.steno.audience.AudienceObserver;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.Collector;
import java.util.List;

/** Counts what viewers are sent. Thread-safe. */
final class AudienceMetrics implements AudienceObserver {
    /** A viewer on a good line has a result within milliseconds; a second is a slow one. */
    private static final double[] DELAYS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

    private final List<Collector> collectors;
    private final CounterDataPoint events;
    private final CounterDataPoint dropped;
    private final CounterDataPoint misses;
    private final DistributionDataPoint delay;

    AudienceMetrics() {
        Counter sent = counter("steno_viewer_events_total", "Events sent to viewers.");
        Counter lost = counter(
                "steno_viewer_partials_dropped_total",
                "Partial results that were out of date before a viewer took them.");
        Counter tried = counter("steno_viewer_misses_total", "Requests for links that do not exist.");
        Histogram delays = Histogram.builder()
                .name("steno_viewer_delay_seconds")
                .help("From a result to its sending, for each viewer.")
                .classicOnly()
                .classicUpperBounds(DELAYS)
                .withoutExemplars()
                .build();
        collectors = List.of(sent, lost, tried, delays);
        events = sent.labelValues();
        dropped = lost.labelValues();
        misses = tried.labelValues();
        delay = delays.labelValues();
    }

    List<Collector> collectors() {
        return collectors;
    }

    @Override
    public void onSent(double delaySeconds) {
        events.inc();
        if (!Double.isNaN(delaySeconds)) {
            delay.observe(delaySeconds);
        }
    }

    @Override
    public void onDroppedPartials(long count) {
        dropped.inc(count);
    }

    @Override
    public void onMiss() {
        misses.inc();
    }

    private static Counter counter(String name, String help) {
        return Counter.builder().name(name).help(help).withoutExemplars().build();
    }
}
