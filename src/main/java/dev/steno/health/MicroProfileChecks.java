package dev.steno.health;

import dev.steno.access.MetricsAccess;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** The checks as MicroProfile Health wants them; a server without it skips this class, and {@code /healthz} remains. */
@ApplicationScoped
public class MicroProfileChecks {
    @Inject
    private HealthChecks checks;

    @Inject
    private MetricsAccess access;

    @Produces
    @ApplicationScoped
    @Liveness
    HealthCheck live() {
        return () -> response(checks.live());
    }

    @Produces
    @ApplicationScoped
    @Startup
    HealthCheck started() {
        return () -> response(checks.started());
    }

    @Produces
    @ApplicationScoped
    @Readiness
    HealthCheck recognizer() {
        return () -> response(checks.recognizer());
    }

    @Produces
    @ApplicationScoped
    @Readiness
    HealthCheck archive() {
        return () -> response(checks.archive());
    }

    @Produces
    @ApplicationScoped
    @Readiness
    HealthCheck recordings() {
        return () -> response(checks.recordings());
    }

    @Produces
    @ApplicationScoped
    @Readiness
    HealthCheck library() {
        return () -> response(checks.library());
    }

    @Produces
    @ApplicationScoped
    @Readiness
    HealthCheck cluster() {
        return () -> response(checks.cluster());
    }

    /** A check does not see who asks: data are shown only where everybody may have them. */
    private HealthCheckResponse response(Check full) {
        Check check = access.isOpen() ? full : full.statusOnly();
        HealthCheckResponseBuilder builder =
                HealthCheckResponse.named(check.name()).status(check.up());
        check.data().forEach((key, value) -> {
            if (value instanceof Number number) {
                builder.withData(key, number.longValue());
            } else if (value instanceof Boolean flag) {
                builder.withData(key, flag);
            } else {
                builder.withData(key, value.toString());
            }
        });
        return builder.build();
    }
}
