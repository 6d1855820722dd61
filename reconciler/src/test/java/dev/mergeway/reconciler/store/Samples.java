package dev.mergeway.reconciler.store;

import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.reconciler.run.EnvironmentState;
import dev.mergeway.reconciler.run.EnvironmentState.Sync;
import dev.mergeway.reconciler.run.PullState;
import dev.mergeway.reconciler.run.ResourceState;
import dev.mergeway.reconciler.run.RunRecord;
import dev.mergeway.reconciler.run.RunState;
import dev.mergeway.schema.model.ResourceKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as they occur, for tests. */
public final class Samples {
    public static final Instant NOON = Instant.parse("2026-11-25T12:00:00.123456Z");

    private Samples() {}

    public static EnvironmentState environment(String name, Sync sync) {
        return new EnvironmentState(
                name,
                "shop",
                "dev",
                "shop",
                sync,
                HealthState.Status.HEALTHY,
                Map.of("shop", "a".repeat(40), "platform with space", "b".repeat(40)),
                NOON,
                "one line",
                "20261125-1");
    }

    public static ResourceKey key(String name) {
        return new ResourceKey("kubernetes", "dev", "apps/v1/Deployment", "shop-dev", name);
    }

    public static ResourceState resource(String environment, ResourceKey key, Sync sync, HealthState health) {
        return new ResourceState(environment, key, sync, health, "", "shop", "apps/checkout.yaml", 12);
    }

    public static ResourceState resource(String environment, String name) {
        return resource(environment, key(name), Sync.SYNCED, HealthState.HEALTHY);
    }

    public static PullState pull(String repository, int number, String state) {
        return new PullState(
                repository,
                number,
                "Add <b>a queue</b>",
                "queue",
                "c".repeat(40),
                "ada",
                state,
                "https://forge.example/shop/pulls/" + number,
                "ready",
                "d".repeat(64),
                "**One queue** is created.",
                "{\"summary\":{\"create\":1,\"update\":0,\"replace\":0,\"delete\":0,\"unchanged\":0}}");
    }

    public static RunRecord run(String id, String environment, @Nullable Integer pull) {
        return new RunRecord(
                id,
                pull == null ? "release" : "review",
                "shop",
                environment,
                pull,
                "e".repeat(40),
                RunState.RUNNING,
                NOON,
                null,
                "",
                List.of());
    }
}
