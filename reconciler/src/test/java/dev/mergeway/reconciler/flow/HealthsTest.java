package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.port.Target;
import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.reconciler.resource.Live;
import dev.mergeway.reconciler.resource.Observation;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.resource.Ownership;
import dev.mergeway.schema.model.ConcreteResource;
import dev.mergeway.schema.model.ResourceKey;
import dev.mergeway.schema.model.SpecKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class HealthsTest {
    private static final ResourceKey KEY = new ResourceKey("kubernetes", "cluster", "v1/Namespace", "", "dev");

    private final Cluster cluster = new Cluster();
    private final Healths healths = new Healths(Map.of("cluster", cluster));

    private HealthState health() {
        SpecKey spec = new SpecKey("dev", "Environment", "dev");
        ConcreteResource resource =
                new ConcreteResource(KEY, Map.of(), false, List.of(), List.of(), spec, "dev.yaml", 1, Map.of());
        Wanted wanted = new Wanted(resource, new Ownership("all", spec, false));
        return healths.of(List.of(wanted)).getOrDefault(KEY, new HealthState(HealthState.Status.UNKNOWN, "not told"));
    }

    @Test
    void whatIsWellAndHasNotMovedIsNotAskedAgain() {
        cluster.is("1", "Active");
        assertThat(health()).isEqualTo(HealthState.HEALTHY);
        assertThat(health()).isEqualTo(HealthState.HEALTHY);
        assertThat(cluster.asked).hasValue(1);

        cluster.is("2", "Terminating");
        assertThat(health().status()).isEqualTo(HealthState.Status.PROGRESSING);
        assertThat(cluster.asked).hasValue(2);
    }

    @Test
    void whatIsNotWellIsAskedAgain() {
        cluster.is("1", "Terminating");
        health();
        health();
        assertThat(cluster.asked).hasValue(2);
    }

    @Test
    void nothingIsKnownOfWhatNobodyWatches() {
        cluster.is("1", "Active");
        cluster.watched = false;
        health();
        health();
        assertThat(cluster.asked).hasValue(2);
    }

    /** One namespace. */
    private static final class Cluster implements Target {
        private final AtomicInteger asked = new AtomicInteger();
        private final Map<String, Object> body = new HashMap<>();
        private String version = "";
        private boolean watched = true;

        void is(String version, String phase) {
            this.version = version;
            body.putAll(Map.of("apiVersion", "v1", "kind", "Namespace", "status", Map.of("phase", phase)));
        }

        @Override
        public String name() {
            return "cluster";
        }

        @Override
        public Optional<Observation> observe(ResourceKey key) {
            asked.incrementAndGet();
            return Optional.of(new Observation(new Live(key, Map.copyOf(body), version), List.of()));
        }

        @Override
        public Optional<String> seen(ResourceKey key) {
            return watched ? Optional.of(version) : Optional.empty();
        }

        @Override
        public List<Difference> compare(List<Desired> desired) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Live> inventory(String environment) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Live> read(ResourceKey key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome apply(Desired desired, Difference planned) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome delete(ResourceKey key, Ownership owner) {
            throw new UnsupportedOperationException();
        }

        @Override
        public AutoCloseable watch(Consumer<Change> sink) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException();
        }
    }
}
