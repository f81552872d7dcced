package dev.steno.metrics;

import dev.steno.recognition.RecognizerSelector;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the sessions' observer. Without a proxy, so that a recording that ends while the server goes down can still use it. */
@ApplicationScoped
public class SessionMetricsProducer {
    @Produces
    @Singleton
    SessionMetrics metrics(RecognizerSelector selector) {
        return new SessionMetrics(selector.selected().engine());
    }
}
