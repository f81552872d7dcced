package dev.steno.metrics;

import dev.steno.recognition.RecognizerSelector;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * Makes the observers. They have no proxies, so that a recording that ends while the server goes down can still use
 * them.
 */
@ApplicationScoped
public class SessionMetricsProducer {
    @Produces
    @Singleton
    AudienceMetrics audience() {
        return new AudienceMetrics();
    }

    @Produces
    @Singleton
    TranslationMetrics translation() {
        return new TranslationMetrics();
    }

    @Produces
    @Singleton
    SessionMetrics metrics(RecognizerSelector selector) {
        return new SessionMetrics(selector.engines().names());
    }
}
