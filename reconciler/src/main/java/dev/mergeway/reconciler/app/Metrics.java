package dev.mergeway.reconciler.app;

import dev.mergeway.reconciler.port.Meter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;

/** The meter on Prometheus. */
final class Metrics implements Meter {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    PrometheusMeterRegistry registry() {
        return registry;
    }

    @Override
    public void count(String name, long amount) {
        registry.counter(name).increment(amount);
    }

    @Override
    public void time(String name, Duration took) {
        registry.timer(name).record(took);
    }
}
