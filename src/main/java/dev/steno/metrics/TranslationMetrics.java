package dev.steno.metrics;

import dev.steno.translation.TranslationException;
import dev.steno.translation.TranslationObserver;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.Collector;
import java.util.List;
import java.util.Locale;

/** Counts translations. Thread-safe. */
final class TranslationMetrics implements TranslationObserver {
    /** A sentence takes a fraction of a second; an outage takes minutes. */
    private static final double[] DELAYS = {0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300};

    private final List<Collector> collectors;
    private final CounterDataPoint characters;
    private final Counter failures;
    private final DistributionDataPoint delay;

    TranslationMetrics() {
        Counter sent = Counter.builder()
                .name("steno_translation_characters_total")
                .help("Characters sent to the translation service.")
                .withoutExemplars()
                .build();
        failures = Counter.builder()
                .name("steno_translation_failures_total")
                .help("Requests to the translation service that failed.")
                .labelNames("kind")
                .withoutExemplars()
                .build();
        Histogram delays = Histogram.builder()
                .name("steno_translation_delay_seconds")
                .help("From the wish for a translation to the translation.")
                .classicOnly()
                .classicUpperBounds(DELAYS)
                .withoutExemplars()
                .build();
        collectors = List.of(sent, failures, delays);
        characters = sent.labelValues();
        delay = delays.labelValues();
        for (TranslationException.Kind kind : TranslationException.Kind.values()) {
            failures.initLabelValues(label(kind));
        }
    }

    List<Collector> collectors() {
        return collectors;
    }

    @Override
    public void onTranslated(double delaySeconds) {
        delay.observe(delaySeconds);
    }

    @Override
    public void onSent(long count) {
        characters.inc(count);
    }

    @Override
    public void onFailure(TranslationException.Kind kind) {
        failures.labelValues(label(kind)).inc();
    }

    private static String label(TranslationException.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
